import type { ServerResponse } from "node:http";
import { bodyOf, startHttpServer } from "./http-server.ts";

type Fate = { status: number; body?: object; headers?: Record<string, string> } | "reset" | "takenThenReset";

export const twilioAccount = { accountSid: "AC00000000000000000000000000000001", authToken: "twilio-token" };

const sidOf = (place: number) => `SM${String(place + 1).padStart(32, "0")}`;

/** Twilio's calls for a message and for its list, as its documentation describes them. It keeps what it took. */
export async function startTwilioServer(
  onMessage: (to: string) => Fate | null = () => null,
  now: () => Date = () => new Date(),
) {
  const taken: Record<string, string>[] = [];
  const facts: { at: Date; status: string }[] = [];
  const { accountSid, authToken } = twilioAccount;

  function list(search: URLSearchParams, response: ServerResponse) {
    const messages = taken.flatMap(({ To = "", Body = "" }, place) => {
      const { at, status } = facts[place] ?? { at: new Date(0), status: "" };
      const message = { sid: sidOf(place), to: To, body: Body, status, direction: "outbound-api", error_code: null };
      return To === search.get("To") ? [{ ...message, date_created: at.toUTCString() }] : [];
    });
    const page = messages.toReversed().slice(0, Number(search.get("PageSize")));
    const next_page_uri = page.length < messages.length ? "/next" : null;
    response.writeHead(200).end(JSON.stringify({ messages: page, next_page_uri }));
  }

  const server = await startHttpServer(async (request, response) => {
    const message = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://twilio");
    if (request.headers.authorization !== expected || pathname !== `/2010-04-01/Accounts/${accountSid}/Messages.json`) {
      response.writeHead(401).end(JSON.stringify({ code: 20003, message: "Authenticate", status: 401 }));
      return;
    }
    if (request.method === "GET") {
      return list(searchParams, response);
    }
    const fate = onMessage(message.To ?? "");
    if (fate === "reset") {
      request.socket.destroy();
      return;
    }
    if (fate && fate !== "takenThenReset") {
      response.writeHead(fate.status, fate.headers).end(JSON.stringify(fate.body ?? {}));
      return;
    }
    taken.push(message);
    facts.push({ at: now(), status: "queued" });
    if (fate === "takenThenReset") {
      request.socket.destroy();
      return;
    }
    response.writeHead(201).end(JSON.stringify({ sid: sidOf(taken.length - 1), status: "queued" }));
  });
  return {
    ...server,
    taken,
    /** What becomes of everything that it took. */
    happen(status: string) {
      for (const fact of facts) {
        fact.status = status;
      }
    },
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { actionRefusal } from "./web-action-body.ts";
import { addDefaultHeaders, defaultHeaders } from "./web-headers.ts";
import { createConcurrencyCap, identify, type Refusal, refusalFor, trustList } from "./web-request.ts";

type Options = { appUrl: string; isDev: boolean; trustedProxies: string[] };

/** What every request passes before a page sees it. Says whether it may go on; if not, it has been answered. */
export function createGuard({ appUrl, isDev, trustedProxies }: Options) {
  const isTrusted = trustList(trustedProxies);
  const headers = defaultHeaders(appUrl);
  const enter = createConcurrencyCap();
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    addDefaultHeaders(response, headers);
    const address = identify(request, isTrusted);
    const refusal = refusalFor(request, { appUrl, isDev });
    if (refusal) {
      refuse(response, refusal);
      return false;
    }
    const leave = enter(address, request.headers.accept === "text/event-stream");
    if (!leave) {
      refuse(response, { status: 503, message: "Too many requests at once. Try again in a moment." });
      return false;
    }
    response.once("close", leave);
    const actionRefused = await actionRefusal(request, isDev);
    if (actionRefused) {
      refuse(response, actionRefused);
    }
    return !actionRefused;
  };
}

function refuse(response: ServerResponse, { status, message, location }: Refusal) {
  // The rest of a body that nobody reads would be taken for the next request.
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    connection: "close",
    ...(location && { location }),
    ...(status === 503 && { "retry-after": "2" }),
  });
  response.end(message);
}

import { request as send } from "node:http";

export const baseUrl = process.env.BASE_URL ?? "http://localhost:3000";

export type Answer = { status: number; headers: Record<string, string>; body: string };

type Options = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Another server than the one that all tests share. */
  server?: string;
};

/** A request with exactly these headers: fetch would not send a Host or an Origin of one's own choosing. */
export function ask(
  path: string,
  { method = "GET", headers = {}, body, server = baseUrl }: Options = {},
): Promise<Answer> {
  const { hostname, port, host } = new URL(server);
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = send(
      { hostname, port, path, method, agent: false, headers: { host, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]),
            ),
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

const password = "demo-gym-2026";

/** The session cookie of one of the demo's people, ready to be sent. */
export async function cookieFor(email: string, server = baseUrl): Promise<string> {
  const { status, headers } = await trySignIn(email, password, server);
  const cookie = headers["set-cookie"]?.split(";")[0];
  if (status !== 200 || !cookie) {
    throw new Error(`${email} could not sign in: ${status}`);
  }
  return cookie;
}

export const trySignIn = (email: string, typed: string, server = baseUrl) =>
  ask("/api/auth/sign-in/email", {
    server,
    method: "POST",
    headers: { "content-type": "application/json", origin: server },
    body: JSON.stringify({ email, password: typed }),
  });

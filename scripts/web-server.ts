import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";

type Guard = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The server in front of Next: it answers what the guard lets pass, and ends what takes longer than this to arrive. */
export function createWebServer(guard: Guard, answer: Answer, times: ServerOptions = {}): Server {
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, ...times });
  server.on("request", async (request, response) => {
    if (await guard(request, response)) {
      await answer(request, response);
    }
  });
  return server;
}

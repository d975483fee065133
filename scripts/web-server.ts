import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Guard = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type WebServer = {
  server: Server;
  /** Lets what is being answered finish; what has not by then, as a stream never has, is cut. */
  close(withinMs: number): Promise<void>;
};

/** The server in front of Next: it answers what the guard lets pass, and ends what takes longer than this to arrive. */
export function createWebServer(guard: Guard, answer: Answer, times: ServerOptions = {}): WebServer {
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, ...times });
  // Node's own list leaves out connections that were upgraded, as those are that a page in development holds.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", async (request, response) => {
    if (await guard(request, response)) {
      await answer(request, response);
    }
  });
  return {
    server,
    close: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          for (const socket of sockets) {
            socket.destroy();
          }
        }, withinMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

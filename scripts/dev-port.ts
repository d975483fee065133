import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { CommandError } from "./run-command.ts";

/**
 * Listens on the first free port from `wanted` on, until the web process takes it over seconds later: another checkout
 * that is started at the same moment would find a port free that is only chosen.
 */
export async function holdPort(wanted: number, host: string): Promise<Server> {
  // Whoever comes before the web process does is turned away: an answer would never come.
  const holder = createServer((socket) => socket.destroy());
  // A start that fails ends without having to let go of the port.
  holder.unref();
  for (let port = wanted; port <= 65_535; port += 1) {
    try {
      await once(holder.listen(port, host), "listening");
      return holder;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) {
        throw error;
      }
    }
  }
  throw new CommandError(`No port from ${wanted} on is free.`);
}

export const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Gives the port to the child that asks for it, and lets go of it when the child says that it has it. */
export async function handOver(holder: Server, child: ChildProcess): Promise<void> {
  // Sent before it is asked for, its connections would be taken in the child by a server that answers nobody.
  await once(child, "message");
  child.send("the port", holder);
  // Some versions of macOS close a port for both when it is closed while it is on its way.
  await once(child, "message");
  holder.close();
}

/** The child's side: `server` listens on the port that the parent hands over. */
export async function takeOver(server: Server): Promise<void> {
  const handedOver = new Promise<Server>((resolve) => {
    process.once("message", (_, holder) => resolve(holder as Server));
  });
  process.send?.("ready for the port");
  await once(server.listen(await handedOver), "listening");
  process.send?.("has the port");
}

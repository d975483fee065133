import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inGroups } from "../support/witness.ts";
import { createRandom } from "./random.ts";

/** Shares of all requests, 0 to 1. */
export type Faults = { limited: number; broken: number; reset: number; hanging: number };

export const usualFaults: Faults = { limited: 0.03, broken: 0.03, reset: 0.05, hanging: 0.01 };

type Letter = { key: string; channel: string; to: string; subject: string; body: string };
type Acceptance = Letter & { id: string };

/** As long as a provider takes, in milliseconds: the moment in which a kill hurts most. */
const latencyMs = 15;

/**
 * A provider in a process of its own that knows keys, as Resend does, and fails as providers do: it refuses for a
 * while, breaks, takes a message and drops the connection, takes it and never answers. What it takes is in the witness
 * file, durably, before anybody hears of it: the file is the only judge of what was sent.
 */
export async function startFaultyProvider(witnessFile: string, seed: number, faults: Faults) {
  const file = await open(witnessFile, "a");
  const write = inGroups(file);
  const taken = new Map<string, Acceptance>();
  const tries = new Map<string, number>();
  const counts = { requests: 0, limited: 0, broken: 0, reset: 0, hanging: 0, replays: 0, changed: 0 };

  async function accept(letter: Letter): Promise<Acceptance | "changed"> {
    const known = taken.get(letter.key);
    if (known) {
      counts.replays++;
      return known.body === letter.body ? known : "changed";
    }
    const acceptance = { ...letter, id: `taken-${taken.size + 1}` };
    taken.set(letter.key, acceptance);
    await write(`${JSON.stringify(acceptance)}\n`);
    return acceptance;
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const letter: Letter = JSON.parse(await textOf(request));
    counts.requests++;
    const tried = (tries.get(letter.key) ?? 0) + 1;
    tries.set(letter.key, tried);
    const fate = drawFate(`${seed}/${letter.key}/${tried}`, faults);
    if (fate === "limited" || fate === "broken") {
      counts[fate]++;
      response.writeHead(fate === "limited" ? 429 : 500, { "retry-after": "30" }).end();
      return;
    }
    const acceptance = await accept(letter);
    if (acceptance === "changed") {
      counts.changed++;
      response.writeHead(409).end();
    } else if (fate === "reset") {
      counts.reset++;
      request.socket.destroy();
    } else if (fate === "hanging") {
      counts.hanging++;
    } else {
      setTimeout(() => response.end(JSON.stringify({ id: acceptance.id })), latencyMs);
    }
  }

  const server = createServer((request, response) => {
    // A worker that is killed while it writes leaves half a request.
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await file.close();
    },
  };
}

/** The same for the same text, so that a seed says what becomes of each try of each message. */
function drawFate(text: string, faults: Faults): keyof Faults | "taken" {
  const drawn = createRandom(createHash("sha256").update(text).digest().readUInt32LE())();
  let upTo = 0;
  for (const [fate, share] of Object.entries(faults)) {
    upTo += share;
    if (drawn < upTo) {
      return fate as keyof Faults;
    }
  }
  return "taken";
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

import { createHash } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRandom } from "../chaos/random.ts";
import { bodyOf, startHttpServer } from "./http-server.ts";
import { createResendHistory } from "./resend-history.ts";
import { readLines } from "./witness.ts";

export const resendKey = "re_test_1234";

/** Shares of all requests, 0 to 1. `broken`: a 503 without taking it; `taken…`: taken, and then not told so. */
type Faults = {
  limited: number;
  broken: number;
  takenThenBroken: number;
  takenThenReset: number;
  takenThenCut: number;
  hanging: number;
};

const none: Faults = { limited: 0, broken: 0, takenThenBroken: 0, takenThenReset: 0, takenThenCut: 0, hanging: 0 };

export type Letter = {
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
};

type Options = {
  witnessFile: string;
  faults?: Partial<Faults>;
  seed?: number;
  requestsPerSecond?: number;
  /** When it takes what it takes. */
  now?: () => Date;
};

/**
 * Resend's batch call as its documentation and its client describe it: keys that are remembered with their answer, a
 * permissive mode, a limit per second, a list of what it took; with seeded faults. What it takes is in the witness file before anybody hears of it.
 */
export async function startResendServer({
  witnessFile,
  faults = {},
  seed = 1,
  requestsPerSecond,
  now = () => new Date(),
}: Options) {
  const history = createResendHistory(now);
  let shares = { ...none, ...faults };
  const remembered = new Map<string, { hash: string; answer: string }>();
  const tries = new Map<string, number>();
  const requests: { at: number; status: number }[] = [];
  let isKeyGood = true;
  let refusal: { status: number; name: string; message: string; retryAfter?: number } | null = null;
  let keyConflicts = 0;
  writeFileSync(witnessFile, "");

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const body = await bodyOf(request);
    const at = performance.now();
    const reply = (status: number, content: object | string, headers: Record<string, string> = {}) => {
      requests.push({ at, status });
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof content === "string" ? content : JSON.stringify(content));
    };
    const refuse = (statusCode: number, name: string, message: string, retryAfter?: number) =>
      reply(statusCode, { statusCode, name, message }, retryAfter ? { "retry-after": String(retryAfter) } : {});

    if (!isKeyGood || request.headers.authorization !== `Bearer ${resendKey}`) {
      return refuse(401, "invalid_api_key", "API key is invalid");
    }
    if (refusal) {
      return refuse(refusal.status, refusal.name, refusal.message, refusal.retryAfter);
    }
    const recent = requests.filter(({ at: earlier }) => earlier > at - 1000).length;
    if (requestsPerSecond && recent >= requestsPerSecond) {
      return refuse(429, "rate_limit_exceeded", "Too many requests", 1);
    }
    if (request.method === "GET") {
      const { status, content } = history.answer(request.url ?? "");
      return reply(status, content);
    }
    const key = String(request.headers["idempotency-key"]);
    const hash = createHash("sha256").update(body).digest("hex");
    const attempt = (tries.get(hash) ?? 0) + 1;
    tries.set(hash, attempt);
    const fate = drawFate(createRandom(hashNumber(`${seed}/${hash}/${attempt}`))(), shares);
    if (fate === "limited") {
      return refuse(429, "rate_limit_exceeded", "Too many requests", 30);
    }
    if (fate === "broken") {
      return refuse(503, "application_error", "Try again later");
    }
    const taken = take(key, { body, hash }, request.headers["x-batch-validation"] === "permissive");
    if (taken.status !== 200) {
      return reply(taken.status, taken.answer);
    }
    if (fate === "takenThenBroken") {
      return refuse(500, "internal_server_error", "Something broke");
    }
    if (fate === "takenThenReset") {
      requests.push({ at, status: 0 });
      request.socket.destroy();
      return;
    }
    if (fate === "takenThenCut") {
      return reply(200, taken.answer.slice(0, Math.floor(taken.answer.length / 2)));
    }
    if (fate === "hanging") {
      requests.push({ at, status: 0 });
      return;
    }
    reply(200, taken.answer);
  }

  function take(key: string, { body, hash }: { body: string; hash: string }, isPermissive: boolean) {
    const known = remembered.get(key);
    if (known) {
      keyConflicts += known.hash === hash ? 0 : 1;
      return known.hash === hash
        ? { status: 200, answer: known.answer }
        : {
            status: 409,
            answer: JSON.stringify({ statusCode: 409, name: "invalid_idempotent_request", message: "Another body" }),
          };
    }
    const letters: Letter[] = JSON.parse(body);
    const errors = letters.flatMap(({ to }, index) =>
      /^[^\s@]+@[a-z0-9.-]+\.[a-z]+$/i.test(to[0] ?? "") && !to[0]?.startsWith("invalid")
        ? []
        : [{ index, message: "Invalid `to` field." }],
    );
    if (errors.length > 0 && !isPermissive) {
      return {
        status: 422,
        answer: JSON.stringify({ statusCode: 422, name: "validation_error", message: errors[0]?.message }),
      };
    }
    const bad = new Set(errors.map(({ index }) => index));
    const good = letters.filter((_, index) => !bad.has(index));
    appendFileSync(witnessFile, good.map((letter) => `${JSON.stringify(letter)}\n`).join(""));
    const data = good.map((_, index) => ({ id: `${hash.slice(0, 12)}-${index}` }));
    for (const [index, letter] of good.entries()) {
      history.add(data[index]?.id ?? "", letter);
    }
    const answer = JSON.stringify({ data, ...(isPermissive && { errors }) });
    remembered.set(key, { hash, answer });
    return { status: 200, answer };
  }

  const server = await startHttpServer(answer);
  return {
    ...server,
    requests,
    keyConflicts: () => keyConflicts,
    setKeyGood: (isGood: boolean) => {
      isKeyGood = isGood;
    },
    history,
    setFaultless: () => {
      shares = none;
    },
    setFaults: (next: Partial<Faults>) => {
      shares = { ...none, ...next };
    },
    refuse: (next: typeof refusal) => {
      refusal = next;
    },
    /** What the witness saw, each as often as it was taken. */
    taken: () => Array.from(readLines(witnessFile), (line): Letter => JSON.parse(line)),
    /** The same, of as many as it may be: to whom each went. */
    takenBy: () => Array.from(readLines(witnessFile), (line) => String((JSON.parse(line) as Letter).to)),
  };
}

const hashNumber = (text: string) => createHash("sha256").update(text).digest().readUInt32BE();

function drawFate(draw: number, shares: Faults): keyof Faults | null {
  let left = draw;
  for (const [fate, share] of Object.entries(shares) as [keyof Faults, number][]) {
    if (left < share) {
      return fate;
    }
    left -= share;
  }
  return null;
}

import { type Env, getEnv } from "#env";
import { AppError } from "#lib/errors";
import { describeUnstorable } from "#lib/storable";
import { getLog } from "./log.ts";
import { createRefusalCounter } from "./refusal-counter.ts";
import { defineSignedHandler } from "./route-handler.ts";

const maxBodyBytes = 1024 * 1024;

type Webhook<Secret> = {
  provider: string;
  secretOf: (env: Env) => Secret | undefined;
  isSigned: (secret: Secret, request: Request, body: string) => boolean;
  /** Called with a body that is the provider's. What it throws but an AppError makes the provider try again. */
  receive: (request: Request, body: string) => Promise<void>;
};

/**
 * A handler that a provider calls with what it signed. Nothing is looked at before the signature, and success is only
 * said once `receive` has committed. Whoever cannot sign leaves no trace but a number in the log, once a minute.
 */
export function defineWebhook<Secret>({ provider, secretOf, isSigned, receive }: Webhook<Secret>) {
  const countRefusal = createRefusalCounter((refused) =>
    getLog().warn({ webhook: provider, refused }, "a webhook's signature was not right"),
  );
  return defineSignedHandler(`${provider} signs its requests.`, async (request) => {
    const secret = secretOf(getEnv());
    if (secret === undefined) {
      throw new AppError("not_found", "This is not set up.");
    }
    const body = await readBody(request);
    if (body === null || !isSigned(secret, request, body)) {
      countRefusal();
      throw new AppError("unauthorized", "The signature is not right.");
    }
    if (describeUnstorable(body)) {
      throw new AppError("bad_request", "This is not an event.");
    }
    await receive(request, body);
    return new Response(null, { status: 200 });
  });
}

/** The body to the letter, or null when it is no text. */
async function readBody(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  requireSmall(Number(request.headers.get("content-length") ?? 0));
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    requireSmall(length);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}

function requireSmall(bytes: number) {
  if (bytes > maxBodyBytes) {
    throw new AppError("too_large", "That is more than an event has to say.");
  }
}

import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createLog } from "#lib/log";
import type { Provider } from "#messaging/provider";
import { createOutbox } from "#messaging/providers/outbox";
import { startWorker } from "#worker/start";

/**
 * A worker process to be killed. Its provider writes down every hand-over, durably, before it answers: the file is the
 * witness, whatever our own tables say.
 */
const { DATABASE_URL = "", REDIS_URL, WITNESS_FILE = "" } = process.env;
const file = openSync(WITNESS_FILE, "a");

const witness: Provider = {
  name: "witness",
  channel: "email",
  batchSize: 5,
  isIdempotent: true,
  async send(batch) {
    for (const { idempotencyKey, to, subject, html, text } of batch) {
      const body = createHash("sha256")
        .update(subject + html + text)
        .digest("hex");
      writeSync(file, `${JSON.stringify({ key: idempotencyKey, to, body })}\n`);
    }
    fsyncSync(file);
    // As long as a provider takes: the moment in which a kill hurts most.
    await new Promise((resolve) => setTimeout(resolve, 15));
    return batch.map(({ messageId, idempotencyKey }) => ({
      messageId,
      outcome: "accepted",
      providerMessageId: idempotencyKey,
    }));
  },
};

startWorker({
  databaseUrl: DATABASE_URL,
  redisUrl: REDIS_URL,
  email: witness,
  sms: createOutbox("sms"),
  links: { appUrl: "https://app.example", unsubscribeUrl: (id) => `https://app.example/unsubscribe/${id}` },
  log: createLog({ name: "worker", level: "warn" }),
  leaseMs: 1_500,
  reconcileMs: 200,
  batchSize: 5,
});
process.once("disconnect", () => {
  closeSync(file);
  process.exit();
});
process.send?.("ready");

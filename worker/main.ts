import { EnvError, readEnv } from "#env";
import { createLog } from "#lib/log";
import { createMessageLinks } from "#messaging/message-links";
import { chooseEmailProvider } from "#messaging/providers/index";
import { startWorker } from "./start.ts";

function start() {
  const env = readEnv();
  const log = createLog({ name: "worker", level: env.LOG_LEVEL });
  const worker = startWorker({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    email: chooseEmailProvider(env),
    links: createMessageLinks(env),
    log,
  });
  const stop = () => void worker.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Whoever started us over a channel is gone, without having said so.
  process.once("disconnect", stop);
}

try {
  start();
} catch (error) {
  if (!(error instanceof EnvError)) {
    throw error;
  }
  process.stderr.write(`The worker cannot start: ${error.message}\n`);
  process.exit(1);
}

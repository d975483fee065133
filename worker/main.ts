import { type Env, EnvError, readEnv } from "#env";

/** All else is loaded only once the environment is right: what is wrong with it is said before a second has passed. */
async function start(env: Env) {
  const [{ createLog }, { createMessageLinks }, { chooseProviders }, { startWorker }] = await Promise.all([
    import("#lib/log"),
    import("#messaging/message-links"),
    import("#messaging/providers/index"),
    import("./start.ts"),
  ]);
  const log = createLog({ name: "worker", level: env.LOG_LEVEL });
  const worker = startWorker({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    ...chooseProviders(env),
    links: createMessageLinks(env),
    log,
    onOutdatedSchema(missing) {
      log.fatal({ missing }, "the database is older than this worker: run npm run db:migrate, then start it again");
      void worker.stop().finally(() => process.exit(1));
    },
  });
  const stop = () => void worker.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Whoever started us over a channel is gone, without having said so.
  process.once("disconnect", stop);
}

try {
  await start(readEnv());
} catch (error) {
  if (!(error instanceof EnvError)) {
    throw error;
  }
  process.stderr.write(`The worker cannot start: ${error.message}\n`);
  process.exit(1);
}

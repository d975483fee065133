import pg from "pg";

type Options = {
  connectionString: string;
  channel: string;
  onMessage(payload: string): void;
  /** Told each time that listening begins: what was said before went unheard. */
  onListening?(): void;
  onLost?(error: Error): void;
};

const firstRetryMs = 100;
const lastRetryMs = 2_000;
/** How often the connection is asked whether it lives: one that dies without a word is otherwise never missed. */
const proofOfLifeMs = 20_000;

/** Listens on a channel over a connection of its own, and connects again for as long as it is not stopped. */
export function listen({ connectionString, channel, onMessage, onListening, onLost }: Options): {
  stop(): Promise<void>;
} {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let retryMs = firstRetryMs;

  async function connect() {
    const next = new pg.Client({
      connectionString,
      application_name: `listen ${channel}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client = next;
    let isLost = false;
    const lose = (error: Error) => {
      if (isLost || isStopped) {
        return;
      }
      isLost = true;
      clearTimeout(timer);
      onLost?.(error);
      next.end().catch(() => {});
      timer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
    const proveLife = () => {
      timer = setTimeout(() => next.query("select 1").then(proveLife, lose), proofOfLifeMs);
    };
    next.on("error", lose);
    next.on("end", () => lose(new Error(`The connection that listens on ${channel} ended`)));
    next.on("notification", ({ payload }) => onMessage(payload ?? ""));
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    retryMs = firstRetryMs;
    onListening?.();
    proveLife();
  }

  void connect();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

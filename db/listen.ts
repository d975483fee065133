import pg from "pg";

type Options = {
  connectionString: string;
  channel: string;
  onMessage(payload: string): void;
  /** Told each time that listening begins: what was said before went unheard. */
  onListening?(): void;
};

/** Listens on a channel over a connection of its own, and connects again for as long as it is not stopped. */
export function listen({ connectionString, channel, onMessage, onListening }: Options): { stop(): Promise<void> } {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let failures = 0;

  async function connect() {
    const next = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = next;
    let isOver = false;
    const again = () => {
      if (isOver) {
        return;
      }
      isOver = true;
      next.end().catch(() => {});
      if (!isStopped) {
        failures++;
        timer = setTimeout(connect, Math.min(100 * 2 ** failures, 2_000));
      }
    };
    next.on("error", again);
    next.on("end", again);
    next.on("notification", ({ payload }) => onMessage(payload ?? ""));
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
      failures = 0;
      onListening?.();
    } catch {
      again();
    }
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

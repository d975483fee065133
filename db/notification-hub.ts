import pg from "pg";
import { notificationChannel } from "./bells.ts";

/** Told when something of the member's has changed; what, they ask themselves. */
type Tell = () => void;

export type Hub = {
  /** Returns how to stop. */
  subscribe(memberId: number, tell: Tell): () => void;
  close(): Promise<void>;
};

type Options = { connectionString: string; onError: (error: Error) => void };

const firstRetryMs = 250;
const lastRetryMs = 2_000;
/** Finds out about a connection that died without a word. */
const proofOfLifeMs = 20_000;

/** One listening connection for the whole process, whoever looks. It comes back by itself after every loss. */
export function createHub({ connectionString, onError }: Options): Hub {
  const subscribers = new Map<number, Set<Tell>>();
  let client: pg.Client | null = null;
  let isClosed = false;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;

  const everybody = () => [...subscribers.values()].flatMap((tells) => [...tells]);

  async function listen() {
    const next = new pg.Client({
      connectionString,
      application_name: "web-notifications",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client = next;
    let isLost = false;
    const lose = (error?: Error) => {
      if (isLost || isClosed) {
        return;
      }
      isLost = true;
      clearTimeout(timer);
      onError(error ?? new Error("The connection that listens for notifications ended"));
      next.end().catch(() => {});
      timer = setTimeout(listen, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
    const proveLife = () => {
      timer = setTimeout(() => next.query("select 1").then(proveLife, lose), proofOfLifeMs);
    };
    next.on("error", lose);
    next.on("end", () => lose());
    next.on("notification", ({ payload }) => {
      for (const memberId of (payload ?? "").split(",")) {
        for (const tell of subscribers.get(Number(memberId)) ?? []) {
          tell();
        }
      }
    });
    try {
      await next.connect();
      await next.query(`listen ${notificationChannel}`);
    } catch (error) {
      lose(error as Error);
      return;
    }
    retryMs = firstRetryMs;
    // Whatever was said while nobody listened is lost: everybody looks once.
    for (const tell of everybody()) {
      tell();
    }
    proveLife();
  }

  return {
    subscribe(memberId, tell) {
      const tells = subscribers.get(memberId) ?? new Set();
      subscribers.set(memberId, tells.add(tell));
      if (!client) {
        void listen();
      }
      return () => {
        tells.delete(tell);
        if (tells.size === 0 && subscribers.get(memberId) === tells) {
          subscribers.delete(memberId);
        }
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

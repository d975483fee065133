import { notificationChannel } from "./bells.ts";
import { listen } from "./listen.ts";

/** Told when something of the member's has changed; what, they ask themselves. */
type Tell = () => void;

export type Hub = {
  /** Returns how to stop. */
  subscribe(memberId: number, tell: Tell): () => void;
  close(): Promise<void>;
};

type Options = { connectionString: string; onError: (error: Error) => void };

/** One listening connection for the whole process, whoever looks; it opens with the first who does. */
export function createHub({ connectionString, onError }: Options): Hub {
  const subscribers = new Map<number, Set<Tell>>();
  let listener: ReturnType<typeof listen> | undefined;

  const tellAll = (tells: Iterable<Tell>) => {
    for (const tell of [...tells]) {
      tell();
    }
  };

  const open = () =>
    listen({
      connectionString,
      channel: notificationChannel,
      onLost: onError,
      onMessage: (payload) => {
        for (const memberId of payload.split(",")) {
          tellAll(subscribers.get(Number(memberId)) ?? []);
        }
      },
      // Whatever was said while nobody listened is lost: everybody looks once.
      onListening: () => tellAll([...subscribers.values()].flatMap((tells) => [...tells])),
    });

  return {
    subscribe(memberId, tell) {
      const tells = subscribers.get(memberId) ?? new Set();
      subscribers.set(memberId, tells.add(tell));
      listener ??= open();
      return () => {
        tells.delete(tell);
        if (tells.size === 0 && subscribers.get(memberId) === tells) {
          subscribers.delete(memberId);
        }
      };
    },
    async close() {
      await listener?.stop();
    },
  };
}

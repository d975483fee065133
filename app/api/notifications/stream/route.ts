import { createHub, type Hub } from "#db/notification-hub";
import { getEnv } from "#env";
import { getLog } from "../../../_server/log.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

// On globalThis: development reloads this module, and each reload would otherwise leave a connection behind.
const shared = globalThis as { notificationHub?: Hub };

function getHub(): Hub {
  shared.notificationHub ??= createHub({
    connectionString: getEnv().DATABASE_URL,
    onError: (error) => getLog().warn({ err: error }, "listening for notifications was interrupted"),
  });
  return shared.notificationHub;
}

/** Proxies close what stays silent. */
const heartbeatMs = 20_000;
/** The browser then connects again, and is asked again who it is. */
const longestMs = 10 * 60_000;

/** Says that there is something to look at, and nothing about it. */
export const GET = defineRouteHandler({ roles: ["member"] }, async ({ viewer, request }) => {
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
      const end = setTimeout(() => finish(), longestMs);
      const unsubscribe = getHub().subscribe(viewer.userId, () => send("data: changed\n\n"));
      stop = () => {
        clearInterval(heartbeat);
        clearTimeout(end);
        unsubscribe();
      };
      const finish = () => {
        stop();
        controller.close();
      };
      request.signal.addEventListener("abort", stop);
      send("retry: 1000\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      // Without no-transform Next compresses, and so keeps back what it should pass on.
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});

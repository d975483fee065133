const streamUrl = "/api/notifications/stream";
const pollMs = 15_000;

/**
 * Calls `look` whenever something may have changed, until the returned function is called. One tab of a browser holds
 * the stream and passes on what it hears: browsers allow six connections to a host, and seven tabs would starve.
 * Where the stream does not work every tab asks at intervals.
 */
export function follow(look: () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const tabs = new BroadcastChannel("notifications");
  let poll: ReturnType<typeof setInterval> | undefined;

  const setStreaming = (isStreaming: boolean) => {
    if (isStreaming || signal.aborted) {
      clearInterval(poll);
      poll = undefined;
    } else {
      // Not begun anew: the browser's tries, each of which fails, would put off the next look for ever.
      poll ??= setInterval(look, pollMs);
    }
  };
  const hear = (word: string) => {
    setStreaming(word !== "lost");
    if (word !== "lost") {
      look();
    }
  };
  tabs.onmessage = ({ data }) => data !== "how is it?" && hear(data);
  setStreaming(false);
  tabs.postMessage("how is it?");

  const hold = () =>
    new Promise<void>((resolve) => {
      // The lock may be granted in the very moment in which it is no longer wanted.
      if (signal.aborted) {
        resolve();
        return;
      }
      const say = (word: "changed" | "lost") => {
        if (signal.aborted) {
          return;
        }
        hear(word);
        tabs.postMessage(word);
      };
      let retry: ReturnType<typeof setTimeout> | undefined;
      let source: EventSource | undefined;
      tabs.addEventListener("message", ({ data }) => {
        if (data === "how is it?" && source?.readyState === EventSource.OPEN) {
          tabs.postMessage("changed");
        }
      });
      const open = () => {
        source = new EventSource(streamUrl);
        source.onopen = () => say("changed");
        source.onmessage = () => say("changed");
        source.onerror = () => {
          say("lost");
          // The browser tries again after a lost connection, not after a refusal.
          if (source?.readyState === EventSource.CLOSED) {
            retry = setTimeout(open, pollMs);
          }
        };
      };
      open();
      signal.addEventListener("abort", () => {
        clearTimeout(retry);
        source?.close();
        resolve();
      });
    });

  if (navigator.locks) {
    navigator.locks.request("notifications", { signal }, hold).catch(() => {});
  } else {
    void hold();
  }
  const lookWhenBack = () => document.visibilityState === "visible" && look();
  document.addEventListener("visibilitychange", lookWhenBack, { signal });
  window.addEventListener("online", look, { signal });

  return () => {
    ended.abort();
    clearInterval(poll);
    tabs.close();
  };
}

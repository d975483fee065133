const minuteMs = 60_000;

/**
 * Counts what is refused, and tells how often so far, at most once a minute: anybody may be refused as often as they like, and
 * a line for each would fill the log.
 */
export function createRefusalCounter(tell: (refused: number) => void, now = () => performance.now()) {
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return () => {
    refused++;
    if (now() - toldAt >= minuteMs) {
      toldAt = now();
      tell(refused);
    }
  };
}

/**
 * Runs `work` one at a time. A call while it runs asks for one more round, since what it came for may have been missed,
 * and shares that round with all others who ask.
 */
export function singleFlight(work: () => Promise<void>) {
  let current: Promise<void> | undefined;
  let isAskedAgain = false;

  async function run() {
    try {
      do {
        isAskedAgain = false;
        await work();
      } while (isAskedAgain);
    } finally {
      current = undefined;
    }
  }

  return {
    get isFlying() {
      return current !== undefined;
    },
    /** Settles when the round that is going on, if any, has ended; asks for none. */
    landed: (): Promise<void> => current ?? Promise.resolve(),
    /** Settles when the work is done, whoever began it. */
    fly(): Promise<void> {
      if (current) {
        isAskedAgain = true;
      } else {
        current = run();
      }
      return current;
    },
  };
}

const jumpMs = 20 * 3_600_000;
const believedAfterMs = 3_600_000;

/**
 * Notices a database clock that jumps ahead by most of a day, against the process's own steady one: a sweep would send
 * tomorrow's messages today. A jump that stays for an hour is believed: the machine may have slept.
 * `readSteadyMs` counts milliseconds and never jumps.
 */
export function createClockWatch(readSteadyMs: () => number = () => performance.now()) {
  let last: { instant: number; steady: number } | undefined;
  let suspectSince: number | undefined;
  return {
    /** Whether work that goes by the calendar may trust this instant. `onJump` hears of each jump once. */
    isCredible(instant: Date, onJump?: () => void): boolean {
      const steady = readSteadyMs();
      const expected = last ? last.instant + (steady - last.steady) : instant.getTime();
      const isAhead = instant.getTime() - expected > jumpMs;
      if (isAhead && suspectSince === undefined) {
        onJump?.();
      }
      suspectSince = isAhead ? (suspectSince ?? steady) : undefined;
      if (suspectSince !== undefined && steady - suspectSince < believedAfterMs) {
        return false;
      }
      suspectSince = undefined;
      last = { instant: instant.getTime(), steady };
      return true;
    },
  };
}

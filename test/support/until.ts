/** Waits for a state, asking again and again; fails with what was seen last. */
export async function until<Value>(
  ask: () => Promise<Value> | Value,
  isIt: (value: Value) => boolean,
  timeoutMs = 15_000,
  everyMs = 20,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isIt(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within ${timeoutMs} ms; last seen: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

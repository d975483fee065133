// Loaded before anything else by a worker whose machine has the wrong time.
const offMs = Number(process.env.CLOCK_OFF_BY_MS);
const RightDate = Date;

globalThis.Date = class extends RightDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RightDate.now() + offMs] : given));
  }
  static now() {
    return RightDate.now() + offMs;
  }
};

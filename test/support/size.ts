/** `TEST_SIZE=long` (npm run test:long) plays what would take too long after every change. */
export const isLong = process.env.TEST_SIZE === "long";

/** `ORACLE_SEED` repeats a failure, or looks elsewhere. */
export const seed = Number(process.env.ORACLE_SEED ?? 1);

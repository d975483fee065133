import { connect } from "#db/client";
import { isTransient } from "#db/errors";
import { readClock } from "#engine/clock";
import { sweep } from "#engine/sweep";

/** A process that sweeps until it has swept once, whatever the database does meanwhile. */
process.once("message", async (databaseUrl: string) => {
  const { db } = connect({ connectionString: databaseUrl });
  for (;;) {
    try {
      await sweep(db, await readClock(db), { noBrake: true });
      process.exit(0);
    } catch (error) {
      if (!isTransient(error)) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
process.once("disconnect", () => process.exit());
process.send?.("loaded");

import { startEmbeddedPostgres } from "#scripts/embedded-postgres";

/** A command that holds the database of the directory it is given for as long as whoever forked it wants that. */
const [, , directory = ""] = process.argv;
const postgres = await startEmbeddedPostgres({ directory, settings: { fsync: "off" } }).catch((error: Error) => {
  process.send?.({ refusal: error.message });
  process.exit(1);
});
const stop = () => void postgres.stop().then(() => process.exit(0));
process.once("message", stop);
process.once("disconnect", stop);
process.send?.({ url: postgres.url("postgres") });

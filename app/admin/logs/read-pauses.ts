import type { PausedChannel } from "#components/logs/paused-channels";
import { listPausedAccounts } from "#db/queries/provider-accounts";
import { dayAndTime } from "#lib/format-time";
import { channelNames } from "#lib/template-texts";
import { getDb } from "../../_server/db.ts";
import { getGym } from "../../_shell/gym.ts";

type Cause = NonNullable<Awaited<ReturnType<typeof listPausedAccounts>>[number]["cause"]>;

const causes: Record<Cause, string> = {
  rate_limited: "The provider asked for a pause.",
  unavailable: "The provider does not answer, or says that it is in trouble itself.",
  account_refused: "The provider refuses our account: check its key and the sender in the worker's environment.",
  quota_exceeded: "The account's quota is used up: wait for its reset, or raise it with the provider.",
};

/** A pause of seconds is none that anybody has to know of. */
const worthTellingMs = 30_000;

export async function readPausedChannels(): Promise<PausedChannel[]> {
  const { timeZone } = await getGym();
  const now = new Date();
  const paused = await listPausedAccounts(getDb(), now);
  return paused.flatMap(({ channel, cause, error, since, until }) =>
    cause && since && until && until.getTime() - since.getTime() > worthTellingMs
      ? [
          {
            channel: channelNames[channel],
            why: causes[cause],
            since: dayAndTime(since, now, timeZone),
            until: dayAndTime(until, now, timeZone),
            error,
          },
        ]
      : [],
  );
}

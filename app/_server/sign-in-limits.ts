import { createHash } from "node:crypto";
import type { Db } from "#db/client";
import { type AttemptRule, countAttempt, deleteOldAttempts, forgiveAttempt } from "#db/queries/sign-in";
import { networkOf } from "#lib/network-address";
import { getLog } from "./log.ts";

export type SignInWay = "password" | "link";

/**
 * Per account 10, so that no 15 minutes, wherever they begin, see more than 20. A network is a whole gym behind one
 * address.
 */
const windowMinutes = 15;
const limits = { password: { account: 10, network: 200 }, link: { account: 5, network: 60 } };

type Attempt = { way: SignInWay; email: string; address: string | null; now: Date };

/** Counts a sign-in attempt before anything expensive or telling happens; false is a refusal. */
export async function mayTrySignIn(db: Db, attempt: Attempt): Promise<boolean> {
  const rule = ruleFor(attempt);
  try {
    const isAllowed = await countAttempt(db, rule, attempt.now);
    await sweepNowAndThen(db, attempt.now);
    return isAllowed;
  } catch (error) {
    getLog().warn({ err: error }, "sign-in attempts cannot be counted in the database; this process counts by itself");
    return countHere(rule, attempt.now.getTime());
  }
}

/** A right password is not a guess: it leaves the count as it was. */
export async function forgiveSignIn(db: Db, attempt: Attempt): Promise<void> {
  const { accountKey, networkKey } = ruleFor(attempt);
  await forgiveAttempt(db, [accountKey, networkKey]).catch((error) => {
    getLog().warn({ err: error }, "a sign-in attempt could not be taken back");
  });
}

/** One spelling of an address: what two people could not both own counts as one account. */
export const normalEmail = (email: string) => email.normalize("NFKC").trim().toLowerCase();

function ruleFor({ way, email, address }: Attempt): AttemptRule {
  const prefix = way === "password" ? "" : `${way}:`;
  const account = createHash("sha256").update(normalEmail(email)).digest("hex");
  return {
    accountKey: `${prefix}account:${account}`,
    networkKey: `${prefix}network:${networkOf(address)}`,
    accountLimit: limits[way].account,
    networkLimit: limits[way].network,
    windowMinutes,
  };
}

const keptMs = 24 * 60 * 60 * 1000;
let sweptAt = 0;

async function sweepNowAndThen(db: Db, now: Date) {
  if (now.getTime() - sweptAt > 60 * 60 * 1000) {
    sweptAt = now.getTime();
    await deleteOldAttempts(db, new Date(now.getTime() - keptMs));
  }
}

type Count = { startedAt: number; attempts: number };

const counts = new Map<string, Count>();
const countsKept = 50_000;

/** Only while the table cannot be reached: weaker than it, since every process counts for itself, but never open. */
function countHere({ accountKey, networkKey, accountLimit, networkLimit }: AttemptRule, nowMs: number): boolean {
  return countOne(accountKey, nowMs) <= accountLimit && countOne(networkKey, nowMs) <= networkLimit;
}

function countOne(key: string, nowMs: number): number {
  const known = counts.get(key);
  const isRunning = known && nowMs - known.startedAt < windowMinutes * 60_000;
  const count = isRunning ? { ...known, attempts: known.attempts + 1 } : { startedAt: nowMs, attempts: 1 };
  counts.delete(key);
  counts.set(key, count);
  const [oldest] = counts.keys();
  if (counts.size > countsKept && oldest !== undefined) {
    counts.delete(oldest);
  }
  return count.attempts;
}

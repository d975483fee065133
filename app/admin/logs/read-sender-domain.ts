import { Resolver } from "node:dns/promises";
import type { SenderDomain } from "#components/logs/sender-domain";
import { readSenderDomain } from "#db/queries/gym";
import { getEnv } from "#env";
import { checkSenderDomain } from "#messaging/sender-domain";
import { getDb } from "../../_server/db.ts";

/** The gym's own domain as receivers see it; null while no mail leaves the machine. */
export async function readSenderDomainState(): Promise<SenderDomain | null> {
  const { EMAIL_PROVIDER } = getEnv();
  if (EMAIL_PROVIDER === "outbox") {
    return null;
  }
  const domain = await readSenderDomain(getDb());
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  return { domain, checks: await checkSenderDomain(domain, EMAIL_PROVIDER, (name) => resolver.resolveTxt(name)) };
}

/** What a name's TXT records say; rejects with `ENOTFOUND` or `ENODATA` where there are none. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

export type DomainCheck = {
  name: "SPF" | "DKIM" | "DMARC";
  state: "good" | "missing" | "unknown";
  advice: string;
};

/** Where a provider wants to find itself; of a mail server nobody else knows. */
const places: Record<string, { spf: string; sender: RegExp; dkim: string }> = {
  resend: { spf: "send.", sender: /^v=spf1\b.*\binclude:amazonses\.com\b/i, dkim: "resend._domainkey." },
};

/** What receivers look up about whom a mail is from, before they let it in. */
export async function checkSenderDomain(
  domain: string,
  provider: string,
  resolveTxt: ResolveTxt,
): Promise<DomainCheck[]> {
  const place = places[provider];
  const find = (names: string[], record: RegExp) => findRecord(names, record, resolveTxt);
  const parent = domain.split(".").slice(-2).join(".");
  const [spf, dkim, dmarc] = await Promise.all([
    place ? find([`${place.spf}${domain}`, domain], place.sender) : find([domain], /^v=spf1\b/i),
    place ? find([`${place.dkim}${domain}`], /\bp=[A-Za-z0-9+/]/) : null,
    find([`_dmarc.${domain}`, `_dmarc.${parent}`], /^v=DMARC1\b/i),
  ]);
  return [
    {
      name: "SPF",
      ...explain(spf, `Add the TXT record that ${place ? "the provider" : "your mail server's host"} names.`),
    },
    dkim === null
      ? { name: "DKIM", state: "unknown", advice: "Look into the headers of a mail that you got: they say dkim=pass." }
      : { name: "DKIM", ...explain(dkim, "Add the key that the provider names.") },
    { name: "DMARC", ...explain(dmarc, `Add a TXT record at _dmarc.${domain}, at least v=DMARC1; p=none.`) },
  ];
}

type Found = "good" | "missing" | "unknown";

const explain = (state: Found, advice: string): Pick<DomainCheck, "state" | "advice"> => ({
  state,
  advice: { good: "", missing: advice, unknown: "It could not be looked up." }[state],
});

/** The first of the names that has such a record decides. */
async function findRecord(names: string[], record: RegExp, resolveTxt: ResolveTxt): Promise<Found> {
  const answers = await Promise.all(
    [...new Set(names)].map((name) =>
      resolveTxt(name).then(
        (records): Found => (records.some((parts) => record.test(parts.join(""))) ? "good" : "missing"),
        (error: { code?: string }): Found =>
          ["ENOTFOUND", "ENODATA"].includes(error.code ?? "") ? "missing" : "unknown",
      ),
    ),
  );
  return (["good", "unknown"] as const).find((state) => answers.includes(state)) ?? "missing";
}

import { expect, test } from "vitest";
import { checkSenderDomain } from "./sender-domain.ts";

const resolverOf = (records: Record<string, string[] | Error>) => async (name: string) => {
  const found = records[name];
  if (!found || found instanceof Error) {
    throw found ?? Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: "ENOTFOUND" });
  }
  return [["google-site-verification=x"], found];
};

const check = async (records: Record<string, string[] | Error>, provider = "resend", domain = "mail.club.example") =>
  (await checkSenderDomain(domain, provider, resolverOf(records))).map(({ name, state }) => `${name} ${state}`);

const resend = {
  "send.mail.club.example": ["v=spf1 include:amazonses.com ~all"],
  // A long record comes in pieces.
  "resend._domainkey.mail.club.example": ["p=MIGfMA0GCSq", "GSIb3DQEB"],
  "_dmarc.club.example": ["v=DMARC1; p=none"],
};

test("S37: a domain that is set up with its provider is good, its policy the domain's above it", async () => {
  expect(await check(resend)).toEqual(["SPF good", "DKIM good", "DMARC good"]);
});

test("S37: what is not there is missing, and what to do about it is said", async () => {
  expect(await check({})).toEqual(["SPF missing", "DKIM missing", "DMARC missing"]);
  // Who may send for the domain is somebody else, and a key that was taken back is none.
  expect(await check({ ...resend, "send.mail.club.example": ["v=spf1 include:other.example -all"] })).toContain(
    "SPF missing",
  );
  expect(await check({ ...resend, "resend._domainkey.mail.club.example": ["p="] })).toContain("DKIM missing");
  const [, , dmarc] = await checkSenderDomain("club.example", "resend", resolverOf({}));
  expect(dmarc?.advice).toBe("Add a TXT record at _dmarc.club.example, at least v=DMARC1; p=none.");
});

test("S37: what a mail server signs with nobody can look up; a name server that is silent says nothing", async () => {
  expect(await check({ "mail.club.example": ["v=spf1 mx -all"] }, "smtp")).toEqual([
    "SPF good",
    "DKIM unknown",
    "DMARC missing",
  ]);
  const silent = Object.assign(new Error("queryTxt ETIMEOUT"), { code: "ETIMEOUT" });
  expect(await check({ ...resend, "_dmarc.mail.club.example": silent, "_dmarc.club.example": silent })).toEqual([
    "SPF good",
    "DKIM good",
    "DMARC unknown",
  ]);
});

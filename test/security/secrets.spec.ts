import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { people } from "../../e2e/sign-in.ts";
import { ask, cookieFor } from "./http.ts";

/** What the running processes were given, and what only the server's code knows. */
const secrets = [
  process.env.AUTH_SECRET,
  process.env.DATABASE_URL,
  new URL(process.env.DATABASE_URL ?? "postgres://none:none-given@none").password,
  process.env.REDIS_URL,
].filter((secret): secret is string => Boolean(secret));
const serverOnly = [
  "AUTH_SECRET",
  "DATABASE_URL",
  "REDIS_URL",
  "RESEND_API_KEY",
  "SMTP_URL",
  "TWILIO_AUTH_TOKEN",
  "drizzle",
  "better-auth",
  "auth_sessions",
];

test("what the browser downloads holds no secret, and no name of one", () => {
  const files = readdirSync(".next/static", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  for (const { parentPath, name } of files) {
    const text = readFileSync(`${parentPath}/${name}`, "latin1");
    for (const word of [...secrets, ...serverOnly]) {
      expect(text.includes(word), `${name} holds ${serverOnly.includes(word) ? word : "a secret"}`).toBe(false);
    }
  }
});

test("no page, refusal or error holds a secret", async () => {
  const cookie = await cookieFor(people.admin);
  for (const path of ["/sign-in", "/admin/workflows", "/api/logs/steps?before=x", "/no/such", "/%E0%A4%A", "/readyz"]) {
    const { body, headers } = await ask(path, { headers: { cookie } });
    for (const secret of secrets) {
      expect(`${JSON.stringify(headers)} ${body}`.includes(secret), path).toBe(false);
    }
  }
});

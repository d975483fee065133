import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { people } from "../../e2e/sign-in.ts";
import { readEverything } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { canaries } from "./canaries.ts";
import { openCanaryGym } from "./canary-gym.ts";
import { ask, cookieFor, trySignIn } from "./http.ts";

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

function readDownloads() {
  const files = readdirSync(".next/static", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  return files.map(({ parentPath, name }) => ({ name, text: readFileSync(`${parentPath}/${name}`, "latin1") }));
}

test("what the browser downloads holds no secret, and no name of one", () => {
  for (const { name, text } of readDownloads()) {
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

test("ten secrets that were there from the build on, and what people type, are in no download, log or job", async () => {
  test.setTimeout(240_000);
  const gym = await openCanaryGym();
  const { server, web, worker, redis } = gym;
  const [typed, token] = ["typed-canary-5930187264", "token-canary-8412057963"];
  const answers: string[] = [];
  const visit = async (path: string, cookie = "") => {
    const { body, headers } = await ask(path, { server, headers: { cookie } });
    answers.push(`${JSON.stringify(headers)} ${body}`);
  };
  try {
    await trySignIn(people.admin, typed, server);
    const cookie = await cookieFor(people.admin, server);
    // Its form has to send the token on: of this answer only the log is looked at.
    await ask(`/sign-in/link?token=${token}`, { server });
    for (const path of ["/sign-in", "/no/such", "/%E0%A4%A", "/readyz"]) {
      await visit(path);
    }
    for (const path of ["/admin/workflows", "/admin/logs", "/api/logs/steps?before=x"]) {
      await visit(path, cookie);
    }
    await gym.runWorkflows();
    const jobs = await readEverything(redis.client);
    expect(jobs).toContain("automation");

    await test.step("with everything that can break broken", async () => {
      await gym.breakTables();
      await visit("/admin/logs", cookie);
      await visit("/api/logs/steps", cookie);
      await gym.changePasswords();
      await until(
        async () => {
          await visit("/readyz");
          return { web: web.printed(), worker: worker.printed() };
        },
        (printed) => Object.values(printed).every((text) => text.includes("password authentication failed")),
      );
    });
    await Promise.all([web.stop(), worker.stop()]);
    expect(web.printed()).toContain("unexpected error");
    expect(worker.printed()).toContain("WRONGPASS");

    const places = {
      downloads: readDownloads().map(({ text }) => text),
      answers,
      logs: [web.printed(), worker.printed()],
      jobs: [jobs],
    };
    const [, session = "none"] = cookie.split("=");
    const secrets = { ...canaries, typed, token, session, decoded: decodeURIComponent(session) };
    expect(Object.keys(canaries)).toHaveLength(10);
    const hits = Object.entries(places).flatMap(([place, texts]) =>
      Object.entries(secrets)
        .filter(([, secret]) => texts.some((text) => text.includes(secret)))
        .map(([name]) => `${name} in ${place}`),
    );
    expect(hits).toEqual([]);
  } finally {
    await gym.close();
  }
});

import { z } from "zod";

const url = (protocols: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must look like ${example}`,
    abort: true,
  });

const postgresUrl = url(["postgres:", "postgresql:"], "postgres://user:password@host:5432/name");

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Whoever answers there reads every message: it must be this machine. */
const loopbackUrl = url(["http:"], "http://127.0.0.1:4000").refine(
  (value) => loopback.includes(new URL(value).hostname),
  "must be an address of this machine",
);

function isSafeToSignIn(appUrl: string) {
  const { protocol, hostname } = new URL(appUrl);
  return protocol === "https:" || loopback.includes(hostname);
}

const portError = "must be a whole number from 0 to 65535";
const rateError = "must be a number from 0.1 to 1000";
const secretError = "must have at least 32 random characters";
const webhookSecretError = "must hold secrets such as whsec_… as Resend shows them, separated by spaces or commas";
const proxyError = "must hold addresses and ranges, such as 10.0.0.0/8, separated by commas";
const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** As Standard Webhooks has them: 24 to 64 random bytes. */
function isWebhookSecret(secret: string) {
  const [, key = ""] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret) ?? [];
  const bytes = Buffer.from(key, "base64");
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === key;
}

const webhookSecrets = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.length > 0 && list.every(isWebhookSecret), webhookSecretError);

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  DATABASE_URL: postgresUrl,
  /** A role that may create tables, for migrations alone. Without it DATABASE_URL migrates too. */
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  REDIS_URL: url(["redis:", "rediss:"], "redis://host:6379").optional(),
  APP_URL: url(["http:", "https:"], "https://app.your-gym.example").refine(
    isSafeToSignIn,
    "must be https: over plain http a session could be read on its way",
  ),
  AUTH_SECRET: z.string().min(32, secretError),
  /** What it was before, for links in mail that is kept for years. It signs nobody in. */
  AUTH_SECRET_PREVIOUS: z.string().min(32, secretError).optional(),
  /** What signs Resend's events; while it is changed, the new and the old one. Without it no event of theirs is taken. */
  RESEND_WEBHOOK_SECRET: webhookSecrets.optional(),
  /** Also checks Twilio's status callbacks. Without it none is taken. */
  TWILIO_AUTH_TOKEN: z
    .string()
    .regex(/^[0-9a-f]{32}$/, "must have 32 digits from 0 to f")
    .optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, "must be AC and 32 digits from 0 to f")
    .optional(),
  /** Who an SMS is from: a number, a name of up to 11 characters, or the id of a messaging service. */
  TWILIO_FROM: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}|MG[0-9a-f]{32})$/,
      "must be a number such as +41791234567, a name of at most 11 letters and digits, or a messaging service's id",
    )
    .optional(),
  EMAIL_PROVIDER: z.enum(["outbox", "smtp", "resend"]).default("outbox"),
  RESEND_API_KEY: z.string().optional(),
  /** Another address of Resend's API, for tests: it is handed all mail. */
  RESEND_BASE_URL: loopbackUrl.optional(),
  /** What their account allows, over all workers. */
  RESEND_REQUESTS_PER_SECOND: z.coerce.number(rateError).min(0.1, rateError).max(1000, rateError).default(2),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@host:465").optional(),
  SMS_PROVIDER: z.enum(["outbox", "twilio"]).default("outbox"),
  /** Another address of Twilio's API, for tests. */
  TWILIO_BASE_URL: loopbackUrl.optional(),
  PORT: z.coerce.number(portError).int(portError).min(0, portError).max(65_535, portError).default(3000),
  /** The address to listen on. */
  HOST: z.string().default("127.0.0.1"),
  /** Addresses of the proxies whose X-Forwarded-* headers are believed, separated by commas. */
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((address) => address.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every((address) => proxy.safeParse(address).success), proxyError),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/** What a provider cannot do without. */
const needs: Record<string, Record<string, string[]>> = {
  EMAIL_PROVIDER: { resend: ["RESEND_API_KEY"], smtp: ["SMTP_URL"] },
  SMS_PROVIDER: { twilio: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"] },
};

export type Env = z.output<typeof schema>;

/** Every problem of the environment at once, a sentence each. */
export class EnvError extends Error {
  override name = "EnvError";

  constructor(readonly problems: string[]) {
    super(problems.join("; "));
  }
}

/**
 * Reads and checks the environment. An empty variable counts as not set.
 * @throws EnvError naming all that is missing or wrong, never a value: some are secrets.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  const tooOld = nodeProblem(process.version);
  const missing = Object.entries(needs).flatMap(([choice, providers]) =>
    (providers[given[choice] ?? ""] ?? [])
      .filter((name) => given[name] === undefined)
      .map((name) => `${name} is not set, and ${choice}=${given[choice]} needs it`),
  );
  if (parsed.success && !tooOld && missing.length === 0) {
    return parsed.data;
  }
  const problems = parsed.error?.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is not set` : `${name} ${explain(issue)}`;
  });
  throw new EnvError([...(tooOld ? [tooOld] : []), ...(problems ?? []), ...missing]);
}

function explain(issue: z.core.$ZodIssue) {
  return issue.code === "invalid_value" ? `must be one of: ${issue.values.join(", ")}` : issue.message;
}

const oldestNode = [20, 19, 0];

/** Why this Node is too old, or null. */
export function nodeProblem(version: string): string | null {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  const differences = oldestNode.map((number, place) => (parts[place] ?? 0) - number);
  const difference = differences.find((number) => number !== 0) ?? 0;
  return difference < 0 ? `Node ${oldestNode.join(".")} or newer is needed; this is ${version}` : null;
}

let known: Env | undefined;

/** The process's environment, read once. */
export function getEnv(): Env {
  known ??= readEnv();
  return known;
}

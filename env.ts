import { z } from "zod";

const url = (protocols: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must look like ${example}`,
    abort: true,
  });

const postgresUrl = url(["postgres:", "postgresql:"], "postgres://user:password@host:5432/name");

function isSafeToSignIn(appUrl: string) {
  const { protocol, hostname } = new URL(appUrl);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

const portError = "must be a whole number from 0 to 65535";
const secretError = "must have at least 32 random characters";
const proxyError = "must hold addresses and ranges, such as 10.0.0.0/8, separated by commas";
const proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

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
  EMAIL_PROVIDER: z.enum(["outbox"]).default("outbox"),
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
  if (parsed.success && !tooOld) {
    return parsed.data;
  }
  const problems = parsed.error?.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is not set` : `${name} ${explain(issue)}`;
  });
  throw new EnvError([...(tooOld ? [tooOld] : []), ...(problems ?? [])]);
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

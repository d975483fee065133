import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { nextCookies } from "better-auth/next-js";
import { magicLink } from "better-auth/plugins/magic-link";
import type { Db } from "#db/client";
import { maySignIn } from "#db/queries/sign-in";
import { authAccounts, authSessions, authUsers, authVerifications } from "#db/schema/index";
import type { Log } from "#lib/log";
import { signInLinkMinutes } from "#messaging/sign-in-mail";
import { isTooLong, maxPasswordBytes } from "./passwords.ts";
import { sessionCookieAttributes, sessionCookieMaxAgeSeconds, sessionCookieName } from "./session-cookie.ts";
import { forgiveSignIn, mayTrySignIn, type SignInWay } from "./sign-in-limits.ts";

type Options = {
  db: Db;
  appUrl: string;
  secret: string;
  log: Log;
  /** Told of a new one-time token; whoever has it can sign in as the owner of the address. */
  onLinkToken: (email: string, token: string) => Promise<void>;
  /** For the command line, whose user needs no guessing. */
  isUnlimited?: boolean;
  /** When it is now, for the limits. */
  now?: () => Date;
};

const ways: Record<string, SignInWay> = { "/sign-in/email": "password", "/sign-in/magic-link": "link" };

export type Auth = ReturnType<typeof createAuth>;

/** Sign-in by password and by emailed link. Nobody signs up: a sign-in is made for a person who is in `users`. */
export function createAuth({
  db,
  appUrl,
  secret,
  log,
  onLinkToken,
  isUnlimited = false,
  now = () => new Date(),
}: Options) {
  return betterAuth({
    baseURL: appUrl,
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user: authUsers, session: authSessions, account: authAccounts, verification: authVerifications },
      // Drizzle's own transactions lose connections; each step here is safe by itself.
      transaction: false,
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: maxPasswordBytes },
    // How long a session lives is ours to say: see session-lifetime.ts.
    session: { expiresIn: sessionCookieMaxAgeSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      database: { generateId: "serial" },
      // The prefix stands in the name itself: better-auth's own is the weaker `__Secure-`.
      useSecureCookies: false,
      cookies: {
        session_token: { name: sessionCookieName(appUrl), attributes: sessionCookieAttributes(appUrl) },
      },
      ipAddress: { ipAddressHeaders: ["x-client-address"] },
    },
    databaseHooks: {
      session: {
        create: { before: async ({ userId }) => ((await maySignIn(db, Number(userId))) ? undefined : false) },
      },
    },
    // Ours counts in one statement, by account as well, and for server actions too.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...details) => {
        if (level === "error") {
          log.error({ details }, message);
        }
      },
    },
    plugins: [
      magicLink({
        expiresIn: signInLinkMinutes * 60,
        disableSignUp: true,
        storeToken: "hashed",
        sendMagicLink: ({ email, token }) => onLinkToken(email, token),
      }),
      nextCookies(),
    ],
    hooks: {
      before: createAuthMiddleware(async (context) => {
        const attempt = attemptOf(context.path, context.body, context.headers, now());
        if (!attempt || isUnlimited) {
          return;
        }
        if (!(await mayTrySignIn(db, attempt))) {
          throw new APIError("TOO_MANY_REQUESTS", { message: "Too many attempts. Try again in 15 minutes." });
        }
        if (attempt.way === "password" && isTooLong(String(context.body.password ?? ""))) {
          throw new APIError("UNAUTHORIZED", { message: "Invalid email or password" });
        }
      }),
      after: createAuthMiddleware(async (context) => {
        const attempt = attemptOf(context.path, context.body, context.headers, now());
        if (attempt?.way === "password" && context.context.newSession) {
          await forgiveSignIn(db, attempt);
        }
      }),
    },
  });
}

function attemptOf(path: string, body: unknown, headers: Headers | undefined, now: Date) {
  const way = ways[path];
  if (!way) {
    return null;
  }
  const email = body && typeof body === "object" && "email" in body ? String(body.email) : "";
  return { way, email, address: headers?.get("x-client-address") ?? null, now };
}

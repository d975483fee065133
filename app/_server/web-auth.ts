import { openSignIn } from "#db/queries/sign-in";
import { getEnv } from "#env";
import { queueSignInMail } from "#messaging/sign-in-mail";
import { type Auth, createAuth } from "./auth.ts";
import { getDb } from "./db.ts";
import { getLog } from "./log.ts";
import { signInLinkUrl } from "./sign-in-link.ts";

let known: Auth | undefined;

/** The web process's sign-in: its links go out by email, to those who may have one. */
export function getAuth(): Auth {
  const { APP_URL, AUTH_SECRET } = getEnv();
  known ??= createAuth({
    db: getDb(),
    appUrl: APP_URL,
    secret: AUTH_SECRET,
    log: getLog(),
    onLinkToken: async (email, token) => {
      const signIn = await openSignIn(getDb(), email);
      if (signIn) {
        const { userId: memberId, name, language } = signIn;
        const url = signInLinkUrl(APP_URL, token);
        await queueSignInMail(getDb(), { email: signIn.email, name, url, language, memberId, now: new Date() });
      }
    },
  });
  return known;
}

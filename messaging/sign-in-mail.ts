import { type Db, withTransaction } from "#db/client";
import { addressLine, type Language, signInCopy, toLanguage } from "#emails/copy";
import { renderSignIn } from "#emails/render";
import { oneLine } from "#lib/one-line";
import { type OwnMailGym, queueOwnMail } from "./queue-mail.ts";

/** How long a sign-in link works: what the email says and whoever makes the link must agree on. */
export const signInLinkMinutes = 15;

type Request = {
  email: string;
  /** What to call them; may be empty. */
  name: string;
  url: string;
  language: string;
  /** Whose sign-in it is, by `users.id`, where it is somebody's. */
  memberId: number | null;
  now: Date;
};

/** Queues the link for its owner alone. */
export async function queueSignInMail(db: Db, { email, memberId, now, ...request }: Request): Promise<void> {
  const language = toLanguage(request.language);
  await withTransaction(db, (tx) =>
    queueOwnMail(tx, now, (gym) => [
      { class: "sign_in", memberId, recipient: email, language, body: writeSignInMail(gym, language, request) },
    ]),
  );
}

export function writeSignInMail(
  gym: OwnMailGym,
  language: Language,
  { name: rawName, url }: { name: string; url: string },
) {
  const { protocol, origin } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new Error("A sign-in link must be a web address");
  }
  const copy = signInCopy[language];
  const name = oneLine(rawName);
  const html = renderSignIn({ language, gym, homeUrl: origin, name, url, minutes: signInLinkMinutes });
  const paragraphs = [copy.greeting(name), copy.explanation(signInLinkMinutes), url, copy.notYou];
  return {
    subject: oneLine(copy.subject(gym.name)),
    html,
    text: `${paragraphs.join("\n\n")}\n\n-- \n${addressLine(gym)}\n`,
  };
}

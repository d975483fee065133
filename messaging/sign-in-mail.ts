import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { communicationLogs, gymSettings, messageBodies } from "#db/schema/index";
import { addressLine, type Language, signInCopy, toLanguage } from "#emails/copy";
import { renderSignIn } from "#emails/render";
import { one } from "#lib/rows";

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

/** Queues the link for its owner alone: the message is written out here and goes at once, whatever the hour. */
export async function queueSignInMail(db: Db, request: Request): Promise<void> {
  await withTransaction(db, async (tx) => {
    const gym = one(
      await tx
        .select({
          name: gymSettings.name,
          postalAddress: gymSettings.postalAddress,
          senderName: gymSettings.senderName,
          senderAddress: gymSettings.senderAddress,
        })
        .from(gymSettings),
    );
    const language = toLanguage(request.language);
    const message = one(
      await tx
        .insert(communicationLogs)
        .values({
          channel: "email",
          class: "sign_in",
          memberId: request.memberId,
          language,
          recipient: request.email,
          dueAt: request.now,
          queuedAt: request.now,
        })
        .returning({ id: communicationLogs.id }),
    );
    await tx.insert(messageBodies).values({
      messageId: message.id,
      fromAddress: gym.senderAddress,
      fromName: gym.senderName,
      ...writeSignInMail(gym, language, request),
    });
    await ringBell(tx, "deliver");
  });
}

type Gym = { name: string; postalAddress: string };

export function writeSignInMail(gym: Gym, language: Language, { name: rawName, url }: { name: string; url: string }) {
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

const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

import type { Db } from "#db/client";
import { readGym } from "#db/queries/gym";
import {
  type AnswerSource,
  keepTakenBack,
  readPreferences,
  recordAnswers,
  resumeEmail,
  stopEmail,
} from "#db/queries/preferences";
import { unsubscribe } from "#db/queries/unsubscribe";
import { toLanguage } from "#emails/copy";
import { maskText } from "#lib/mask";
import { type Choice, readChoices, writeChoices } from "#lib/message-choices";
import type { Outcome } from "#lib/preference-form";
import { preferenceTexts, sentenceOf } from "#lib/preference-texts";
import type { PreferenceForm } from "./preference-form.ts";

/** Does what a member's form asks for, and answers what the page's address says of it, with the way back. */
export async function applyPreferenceForm(
  db: Db,
  memberId: number,
  { verb, choices }: PreferenceForm,
  source: AnswerSource,
): Promise<string> {
  const preferences = await readPreferences(db, memberId);
  if (!preferences) {
    return "";
  }
  const { name } = await readGym(db);
  const texts = preferenceTexts[toLanguage(preferences.language)];
  const word = (answers: Choice[]) =>
    answers.map((choice) => ({ ...choice, wording: sentenceOf(texts, name, choice) }));

  switch (verb) {
    case "unsubscribe":
      await unsubscribe(db, memberId, source, texts.unsubscribe);
      return write("unsubscribed");
    case "subscribe":
      await recordAnswers(db, memberId, word(readChoices("marketing.email.on")), source);
      return write("subscribed");
    case "save":
      await recordAnswers(db, memberId, word(choices), source);
      return write("saved", opposite(choices));
    case "undo":
      await recordAnswers(db, memberId, word(await keepTakenBack(db, memberId, choices)), source);
      return write("undone");
    case "stop": {
      const wording = `${texts.stopTitle(maskText(preferences.email ?? ""))}. ${texts.stopAbout(name)}`;
      await stopEmail(db, memberId, wording, source);
      return write(
        "stopped",
        preferences.choices.filter(({ channel, isGranted }) => channel === "email" && isGranted),
      );
    }
    case "resume":
      await resumeEmail(db, memberId, word(await keepTakenBack(db, memberId, choices)), source);
      return write(choices.length > 0 ? "undone" : "resumed");
  }
}

const opposite = (choices: Choice[]) => choices.map((choice) => ({ ...choice, isGranted: !choice.isGranted }));

const write = (done: Outcome, undo: Choice[] = []) =>
  `?${new URLSearchParams({ done, ...(undo.length > 0 && { undo: writeChoices(undo) }) })}`;

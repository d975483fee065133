import { z } from "zod";
import { AppError } from "#lib/errors";
import { type Choice, choiceChannels, choiceClasses, nameOfChoice, readChoices } from "#lib/message-choices";
import type { Verb } from "#lib/preference-form";

export type PreferenceForm = { verb: Verb; choices: Choice[] };

const verb = z.enum(["unsubscribe", "subscribe", "save", "stop", "resume", "undo"] satisfies Verb[]);

/** What a form on a page of preferences asks for. */
export async function readPreferenceForm(request: Request): Promise<PreferenceForm> {
  const fields = new URLSearchParams(await request.text());
  const asked = verb.safeParse(fields.get("do"));
  if (!asked.success) {
    throw new AppError("bad_request", "This form is not complete. Go back and try again.");
  }
  const choices = asked.data === "save" ? readChanges(fields) : readChoices(fields.get("choices") ?? "");
  return { verb: asked.data, choices };
}

/**
 * The switches that somebody moved. One that was left where the page showed it says nothing: it may show what was so before
 * a no that came from elsewhere in the meantime.
 */
function readChanges(fields: URLSearchParams): Choice[] {
  return choiceClasses.flatMap((kind) =>
    choiceChannels.flatMap((channel) => {
      const choice = { class: kind, channel };
      const was = fields.get(`was.${nameOfChoice(choice)}`);
      const isGranted = fields.get(nameOfChoice(choice)) === "on";
      return was === null || (was === "on") === isGranted ? [] : [{ ...choice, isGranted }];
    }),
  );
}

/** Whether a form may turn a no into a yes. */
export const mayGrant = ({ verb, choices }: PreferenceForm): boolean =>
  ["subscribe", "resume", "undo"].includes(verb) || choices.some(({ isGranted }) => isGranted);

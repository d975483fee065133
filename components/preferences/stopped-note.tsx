import { IconMailOff } from "@tabler/icons-react";
import { type Choice, writeChoices } from "#lib/message-choices";
import type { PreferenceTexts } from "#lib/preference-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import { type FormAction, PreferenceForm } from "./preference-form.tsx";
import classes from "./preferences.module.css";

/** `undo`: right after stopping, what was on before and comes back with it. */
type Props = FormAction & { texts: PreferenceTexts; email: string; wasJustDone: boolean; undo: Choice[] };

/** Says that nothing goes to the address, and lets it go again. */
export function StoppedNote({ texts, email, wasJustDone, undo, action }: Props) {
  return (
    <div className={classes.note} role="status">
      <IconMailOff size={20} stroke={1.75} aria-hidden />
      <p>{wasJustDone ? texts.done.stopped : texts.isStopped(email)}</p>
      <PreferenceForm action={action} verb="resume">
        <input type="hidden" name="choices" value={wasJustDone ? writeChoices(undo) : ""} />
        <PlainButton type="submit" look="quiet" isSmall>
          {wasJustDone ? texts.undo : texts.resume}
        </PlainButton>
      </PreferenceForm>
    </div>
  );
}

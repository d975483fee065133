import { IconCircleCheck } from "@tabler/icons-react";
import { type Choice, writeChoices } from "#lib/message-choices";
import type { PreferenceTexts } from "#lib/preference-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import { type FormAction, PreferenceForm } from "./preference-form.tsx";
import classes from "./preferences.module.css";

type Props = FormAction & { texts: PreferenceTexts; text: string; undo?: Choice[] };

/** What was just done, and the way back where there is one. */
export function DoneNote({ texts, text, undo = [], action }: Props) {
  return (
    <div className={classes.note} role="status">
      <IconCircleCheck size={20} stroke={1.75} aria-hidden />
      <p>{text}</p>
      {undo.length > 0 ? (
        <PreferenceForm action={action} verb="undo">
          <input type="hidden" name="choices" value={writeChoices(undo)} />
          <PlainButton type="submit" look="quiet" isSmall>
            {texts.undo}
          </PlainButton>
        </PreferenceForm>
      ) : null}
    </div>
  );
}

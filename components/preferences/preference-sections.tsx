import type { Preferences } from "#db/queries/preferences";
import type { Choice } from "#lib/message-choices";
import type { Outcome } from "#lib/preference-form";
import type { PreferenceTexts } from "#lib/preference-texts";
import { ChoicesForm } from "./choices-form.tsx";
import { DoneNote } from "./done-note.tsx";
import type { FormAction } from "./preference-form.tsx";
import classes from "./preferences.module.css";
import { StopSection } from "./stop-section.tsx";
import { StoppedNote } from "./stopped-note.tsx";

/** What was done last, and what would take it back. */
export type LastChange = { done: Outcome | null; undo: Choice[] };

export type PreferenceProps = FormAction & {
  texts: PreferenceTexts;
  gymName: string;
  preferences: Preferences;
  last: LastChange;
};

/** All that a member can choose, below a heading of the level that the page needs. */
export function PreferenceSections({ heading: Heading, ...props }: PreferenceProps & { heading: "h1" | "h2" }) {
  const { texts, gymName, action } = props;
  const { email, isEmailStopped, choices } = props.preferences;
  return (
    <div className={classes.sections}>
      <section>
        <Heading className={classes.heading}>{texts.title}</Heading>
        <Notes {...props} />
        <ChoicesForm {...{ texts, gymName, choices, isEmailStopped, action }} />
      </section>
      {email && !isEmailStopped ? <StopSection {...{ texts, gymName, email, action }} /> : null}
    </div>
  );
}

function Notes({ texts, preferences, last: { done, undo }, action }: PreferenceProps) {
  const { email, isEmailStopped, choices } = preferences;
  if (email && isEmailStopped) {
    return <StoppedNote {...{ texts, email, undo, action }} wasJustDone={done === "stopped"} />;
  }
  // An address that is kept, or gone back to, says what was done once and may be so no longer.
  const isOver = done === "stopped" && choices.some(({ channel, isGranted }) => channel === "email" && isGranted);
  const isSaidAbove = done === "unsubscribed" || done === "subscribed";
  return done && !isOver && !isSaidAbove ? (
    <DoneNote {...{ texts, action }} text={texts.done[done]} undo={done === "saved" ? undo : []} />
  ) : null;
}

import type { PreferenceTexts } from "#lib/preference-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import { type FormAction, PreferenceForm } from "./preference-form.tsx";
import classes from "./preferences.module.css";

type Props = FormAction & { texts: PreferenceTexts; gymName: string; email: string };

/** No more mail to the address, whichever other member uses it too. */
export function StopSection({ texts, gymName, email, action }: Props) {
  return (
    <section className={classes.stop}>
      <h2>{texts.stopTitle(email)}</h2>
      <p>{texts.stopAbout(gymName)}</p>
      <PreferenceForm action={action} verb="stop">
        <PlainButton type="submit" look="outlined">
          {texts.stop}
        </PlainButton>
      </PreferenceForm>
    </section>
  );
}

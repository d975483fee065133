import { IconCircleCheck } from "@tabler/icons-react";
import type { Outcome } from "#lib/preference-form";
import { type PreferenceTexts, sentenceOf } from "#lib/preference-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import { type FormAction, PreferenceForm } from "./preference-form.tsx";
import classes from "./preferences.module.css";

type Props = FormAction & { texts: PreferenceTexts; gymName: string; isOn: boolean; done: Outcome | null };

/** The one press that ends advertising by email, and the one that brings it back. */
export function UnsubscribeCard({ texts, gymName, isOn, done, action }: Props) {
  if (isOn) {
    return (
      <section className={classes.card}>
        {done === "subscribed" ? <Said text={texts.done.subscribed} /> : null}
        <PreferenceForm action={action} verb="unsubscribe">
          <PlainButton type="submit" className={classes.big}>
            {texts.unsubscribe}
          </PlainButton>
        </PreferenceForm>
        <p className={classes.about}>{texts.unsubscribeAbout}</p>
      </section>
    );
  }
  const sentence = sentenceOf(texts, gymName, { class: "marketing", channel: "email", isGranted: true });
  return (
    <section className={classes.card}>
      <Said text={done === "unsubscribed" ? texts.done.unsubscribed : texts.isUnsubscribed} />
      <PreferenceForm action={action} verb="subscribe">
        <PlainButton type="submit" look="outlined" className={classes.big}>
          {texts.subscribe}
        </PlainButton>
      </PreferenceForm>
      <p className={classes.about}>{sentence}</p>
    </section>
  );
}

function Said({ text }: { text: string }) {
  return (
    <p className={classes.said} role="status">
      <IconCircleCheck size={22} stroke={1.75} aria-hidden />
      {text}
    </p>
  );
}

import type { Language } from "#lib/member-texts";
import { preferenceTexts } from "#lib/preference-texts";
import { LinkFrame } from "./link-frame.tsx";
import { type PreferenceProps, PreferenceSections } from "./preference-sections.tsx";
import { UnsubscribeCard } from "./unsubscribe-card.tsx";

type Props = Omit<PreferenceProps, "texts"> & { language: Language };

/** The page behind the link in an email: what most come for in one press, and everything else below it. */
export function UnsubscribePage({ language, ...props }: Props) {
  const { gymName, preferences, last, action } = props;
  const texts = preferenceTexts[language];
  const isOn = preferences.choices.some(
    ({ class: kind, channel, isGranted }) => kind === "marketing" && channel === "email" && isGranted,
  );
  return (
    <LinkFrame language={language} gymName={gymName}>
      <h1>{texts.unsubscribeTitle}</h1>
      {preferences.isEmailStopped ? null : <UnsubscribeCard {...{ texts, gymName, isOn, action }} done={last.done} />}
      <PreferenceSections {...props} texts={texts} heading="h2" />
    </LinkFrame>
  );
}

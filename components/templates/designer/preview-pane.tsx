import { type LanguageCode, languageNames } from "#lib/template-texts";
import { MemberPicker } from "../../members/member-picker.tsx";
import { EmailPreview } from "./email-preview.tsx";
import { NotificationCard } from "./notification-card.tsx";
import { PhoneBubble } from "./phone-bubble.tsx";
import classes from "./preview-pane.module.css";
import type { Designer } from "./use-designer.ts";

/** What a reader gets, made by what makes the messages that are sent. */
export function PreviewPane({ designer }: { designer: Designer }) {
  const { preview, reader, setReader } = designer;
  const { answer, failure } = preview;
  const hasErrors = answer?.problems.some(({ severity }) => severity === "error");
  return (
    <section className={classes.pane} aria-label="Preview">
      <div className={classes.reader}>
        <MemberPicker label="Preview as" size="xs" member={reader} onChoose={setReader} nobody="A sample member" />
      </div>
      <Fallback designer={designer} />
      <div className={classes.stage}>
        {failure ? <p className={classes.nothing}>{failure}</p> : null}
        {answer?.error ? (
          <p className={classes.nothing}>
            {hasErrors ? "Here you see how it reads, as soon as it is written and right." : answer.error}
          </p>
        ) : null}
        {answer?.message && !failure ? <Shown designer={designer} /> : null}
      </div>
      <OtherProblems designer={designer} />
    </section>
  );
}

function Shown({ designer }: { designer: Designer }) {
  const { form, preview } = designer;
  const { answer } = preview;
  if (!answer?.message) {
    return null;
  }
  switch (form.content.channel) {
    case "email":
      return <EmailPreview message={answer.message} body={preview.body} />;
    case "in_app":
      return <NotificationCard message={answer.message} />;
    case "sms":
      return <PhoneBubble text={answer.message.text} sms={answer.sms} sender={designer.data.gym.name} />;
  }
}

/** Which language it is in, where that is not the one that is being written. */
function Fallback({ designer }: { designer: Designer }) {
  const { preview, language, reader } = designer;
  const { answer } = preview;
  if (!answer?.language || answer.language === language) {
    return null;
  }
  const shown = languageNames[answer.language as LanguageCode];
  return (
    <p className={classes.fallback}>
      {reader === null
        ? `${languageNames[language as LanguageCode]} says nothing: members get it in ${shown}.`
        : `${answer.reader} gets it in ${shown}.`}
    </p>
  );
}

/** What belongs to no field that is shown. */
function OtherProblems({ designer: { problems } }: { designer: Designer }) {
  const others = problems.filter(({ field }) => field === "placeholders");
  return others.length > 0 ? (
    <ul className={classes.others}>
      {others.map(({ message }) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  ) : null;
}

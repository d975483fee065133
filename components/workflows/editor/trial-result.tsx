import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Trial } from "#engine/editing/try-workflow";
import type { SentOnTrial, TriedStep } from "#engine/editing/walk";
import { printDays, ruleNames } from "#lib/rule-names";
import { LetterFrame } from "../../ui/letter-frame.tsx";
import { Tone } from "../../ui/tone.tsx";
import type { EditorActions, Trying } from "./editor-actions.ts";
import { useTools } from "./editor-context.ts";
import { TestSend } from "./test-send.tsx";
import classes from "./trial-result.module.css";

type Props = {
  trial: Trial;
  /** What was asked, for what is asked of one of its steps. */
  tried: Trying;
  sendTest: EditorActions["sendTest"];
};

/** The path that a member would take, with each message as they would get it, or the rules that keep them out. */
export function TrialResult({ trial, tried, sendTest }: Props) {
  const { timeZone } = useTools();
  const { name, rules, wouldStart, steps, end } = trial;
  return (
    <section className={classes.result} aria-label={`What would happen for ${name}`}>
      <p className={classes.verdict} role="status">
        <Tone tone={wouldStart ? "good" : "warn"}>
          {wouldStart ? `It would start for ${name}.` : `It would not start for ${name}.`}
        </Tone>
      </p>
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule.rule} data-met={rule.isMet || undefined}>
            {rule.isMet ? <IconCheck size={15} aria-label="Met:" /> : <IconX size={15} aria-label="Not met:" />}
            <span>
              <strong>{ruleNames[rule.rule]}:</strong> {printDays(rule.seen)}
            </span>
          </li>
        ))}
      </ul>
      <h3 className={classes.heading}>{wouldStart ? "The path" : "The path, if it did"}</h3>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.stepId} className={classes.step}>
            <Step step={step} asked={{ ...tried, stepId: step.stepId }} sendTest={sendTest} />
          </li>
        ))}
        <li className={classes.step}>
          <time className={classes.hint} dateTime={end.at}>
            {when(end.at, timeZone)}
          </time>
          <span>{end.reason ? `Ends here: ${end.reason}` : "The end"}</span>
        </li>
      </ol>
    </section>
  );
}

type StepProps = { step: TriedStep; asked: Trying & { stepId: number }; sendTest: Props["sendTest"] };

function Step({ step, asked, sendTest }: StepProps) {
  const { timeZone } = useTools();
  const { at, label, outcome, reason, waitsUntil, side, effects, message } = step;
  return (
    <>
      <time className={classes.hint} dateTime={at}>
        {when(at, timeZone)}
      </time>
      <div className={classes.what}>
        <strong>
          {label}
          {side ? `: ${side === "then" ? "yes" : "no"}` : ""}
        </strong>
        {outcome === "done" ? null : (
          <span className={classes.bad}>
            <IconMinus size={14} aria-hidden /> {outcome === "skipped" ? "Skipped" : "Failed"}
            {reason ? `: ${reason}` : ""}
          </span>
        )}
        {waitsUntil ? <span className={classes.hint}>Quiet hours: goes out {when(waitsUntil, timeZone)}</span> : null}
        {effects.map(({ label, value }) => (
          <span key={label} className={classes.hint}>
            {label}: {value}
          </span>
        ))}
        {message ? <Message message={message} asked={asked} /> : null}
        {message?.channel === "email" ? <TestSend about={message.subject} send={() => sendTest(asked)} /> : null}
      </div>
    </>
  );
}

function Message({ message, asked }: { message: SentOnTrial; asked: StepProps["asked"] }) {
  const { channel, subject, title, text, recipient, problems } = message;
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={classes.message} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {channel === "email" ? subject : title || text}
        <span className={classes.hint}>{recipient ? ` to ${recipient}` : ""}</span>
      </summary>
      {problems.length > 0 ? <p className={classes.bad}>{problems.join(" ")}</p> : null}
      {channel !== "email" ? (
        <p className={classes.text}>{text}</p>
      ) : isOpen ? (
        <LetterFrame
          title={`Email: ${subject}`}
          action="/api/workflows/trial/html"
          fields={{ input: JSON.stringify(asked) }}
          className={classes.letter}
        />
      ) : null}
    </details>
  );
}

const when = (instant: string, timeZone: string) =>
  new Date(instant).toLocaleString("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });

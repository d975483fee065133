import type { DomainCheck } from "#messaging/sender-domain";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./sender-domain.module.css";

export type SenderDomain = { domain: string; checks: DomainCheck[] };

const tones: Record<DomainCheck["state"], ToneName> = { good: "good", missing: "bad", unknown: "wait" };
const words: Record<DomainCheck["state"], string> = { good: "found", missing: "missing", unknown: "not known" };

/** Whether receivers can tell that the gym's mail is the gym's. */
export function SenderDomainState({ domain, checks }: SenderDomain) {
  return (
    <section className={classes.domain} aria-label="Sender domain">
      <p>Mail from {domain}:</p>
      <ul>
        {checks.map(({ name, state, advice }) => (
          <li key={name}>
            <Tone tone={tones[state]}>
              {name} {words[state]}
            </Tone>
            {advice ? <span className={classes.advice}>{advice}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

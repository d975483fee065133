import type { ReactNode } from "react";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./member-facts.module.css";

export type MemberFacts = {
  profile: { label: string; value: string }[];
  memberships: { id: number; level: string; span: string; isOpen: boolean }[];
  risk: { name: string | null; tone: ToneName; figure: string; reasons: string[] };
  consents: { name: string; word: string; tone: ToneName; last: string }[];
  /** Addresses to which nothing is sent. */
  stops: string[];
};

type Props = MemberFacts & { tags: ReactNode };

/** What is known of a member, beside what happened. */
export function MemberFactsPanel({ profile, memberships, risk, consents, stops, tags }: Props) {
  return (
    <div className={classes.panel}>
      <Part id="profile" title="Profile">
        <dl className={classes.facts}>
          {profile.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part id="tags" title="Tags">
        {tags}
      </Part>
      <Part id="risk" title="Risk">
        {risk.name ? <Tone tone={risk.tone}>{risk.name}</Tone> : null}
        <p className={classes.small}>{risk.figure}</p>
        {risk.reasons.length > 0 ? (
          <ul className={classes.reasons}>
            {risk.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
      </Part>
      <Part id="memberships" title="Memberships">
        {memberships.length === 0 ? <p className={classes.small}>None on record</p> : null}
        <ul className={classes.rows}>
          {memberships.map(({ id, level, span, isOpen }) => (
            <li key={id}>
              <Tone tone={isOpen ? "good" : "wait"}>{level}</Tone>
              <span className={classes.small}>{span}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part id="consent" title="What may be sent">
        {stops.map((stop) => (
          <p key={stop} className={classes.stop}>
            {stop}
          </p>
        ))}
        <ul className={classes.rows}>
          {consents.map(({ name, word, tone, last }) => (
            <li key={name}>
              <span className={classes.consent}>
                <span>{name}</span>
                <Tone tone={tone}>{word}</Tone>
              </span>
              <span className={classes.small}>{last}</span>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}

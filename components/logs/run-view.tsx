import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { BackLink } from "../ui/back-link.tsx";
import { Tone, type ToneName } from "../ui/tone.tsx";
import facts from "./message-facts.module.css";
import classes from "./message-view.module.css";

type Fact = { label: string; value: string; href?: string };

type Props = {
  member: string;
  workflow: string;
  tone: ToneName;
  status: string;
  facts: Fact[];
  /** What can be done about it. */
  byHand: ReactNode;
  children: ReactNode;
};

/** One run: who and through what, then what happened beside what is known of it. */
export function RunView({ member, workflow, tone, status, facts: known, byHand, children }: Props) {
  return (
    <>
      <BackLink href="/admin/logs/runs">Runs</BackLink>
      <header className={classes.header}>
        <h1>
          {member}: {workflow}
        </h1>
        <p>
          <Tone tone={tone}>{status}</Tone>
        </p>
        {byHand}
      </header>
      <div className={classes.columns}>
        {children}
        <div className={facts.panel}>
          <section aria-labelledby="facts">
            <h2 id="facts" className={facts.heading}>
              Details
            </h2>
            <dl className={facts.facts}>
              {known.map(({ label, value, href }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {href ? (
                      <Link href={href as Route} prefetch={false} className={facts.link}>
                        {value}
                      </Link>
                    ) : (
                      value
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </>
  );
}

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./entry-list.module.css";

/** One thing that happened with a member, whatever it was: a run, a message, a task, an offer, credits. */
export type Entry = {
  id: number;
  title: string;
  href?: string;
  second?: string | null;
  status: string;
  tone: ToneName;
  at: string;
};

export type Entries = { rows: Entry[]; hasMore: boolean };

type Props = {
  id: string;
  title: string;
  entries: Entries;
  /** What stands there while there is none. */
  empty: string;
  /** Beside the heading: a figure, or what can be done. */
  aside?: ReactNode;
};

/** The newest of them, under a heading. */
export function EntryList({ id, title, entries: { rows, hasMore }, empty, aside }: Props) {
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {aside ? <div className={classes.aside}>{aside}</div> : null}
      </div>
      {rows.length === 0 ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <ul className={classes.entries}>
          {rows.map((entry) => (
            <li key={entry.id}>
              <span className={classes.what}>
                {entry.href ? (
                  <Link href={entry.href as Route} prefetch={false}>
                    {entry.title}
                  </Link>
                ) : (
                  <span className={classes.title}>{entry.title}</span>
                )}
                {entry.second ? <span className={classes.second}>{entry.second}</span> : null}
              </span>
              <Tone tone={entry.tone}>{entry.status}</Tone>
              <span className={classes.at}>{entry.at}</span>
            </li>
          ))}
        </ul>
      )}
      {hasMore ? <p className={classes.more}>These are the newest {rows.length}.</p> : null}
    </section>
  );
}

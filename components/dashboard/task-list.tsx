import type { Route } from "next";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import classes from "./dashboard.module.css";
import type { DashboardTask } from "./dashboard-data.ts";

type Props = { title: string; total: number; tasks: DashboardTask[]; empty: string };

export function TaskList({ title, total, tasks, empty }: Props) {
  return (
    <section aria-labelledby="tasks" className={classes.section}>
      <h2 id="tasks">{title}</h2>
      {tasks.length === 0 ? (
        <p className={classes.fine}>{empty}</p>
      ) : (
        <ul className={classes.tasks}>
          {tasks.map(({ id, description, about, href, due, isOverdue }) => (
            <li key={id}>
              <span className={classes.words}>
                {href ? (
                  <Link href={href as Route} prefetch={false}>
                    {description}
                  </Link>
                ) : (
                  <span>{description}</span>
                )}
                {about ? <span className={classes.second}>{about}</span> : null}
              </span>
              <Tone tone={isOverdue ? "bad" : "wait"}>{due}</Tone>
            </li>
          ))}
        </ul>
      )}
      {total > tasks.length ? (
        <p className={classes.second}>
          These are the first {tasks.length} of {total.toLocaleString("en")}.
        </p>
      ) : null}
    </section>
  );
}

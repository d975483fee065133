import { IconCircleCheck } from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import classes from "./dashboard.module.css";
import type { AttentionItem } from "./dashboard-data.ts";

/** What waits for somebody, the urgent first, each a click from where it is done. */
export function AttentionList({ items }: { items: AttentionItem[] }) {
  return (
    <section aria-labelledby="attention" className={classes.section}>
      <h2 id="attention">Needs attention</h2>
      {items.length === 0 ? (
        <p className={classes.fine}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden />
          <span>Nothing waits for you: workflows run, messages leave.</span>
        </p>
      ) : (
        <ul className={classes.attention}>
          {items.map(({ id, isUrgent, title, detail, href, action }) => (
            <li key={id} data-urgent={isUrgent || undefined}>
              <span className={classes.words}>
                <strong>{title}</strong>
                {detail ? <span className={classes.second}>{detail}</span> : null}
              </span>
              <Link href={href as Route} prefetch={false}>
                {action}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import classes from "./audit-list.module.css";
import type { AuditChange } from "./audit-row.ts";

const shownAtOnce = 6;

/** Each value that changed, with what it was and what it became. Of many the rest is a click away; what is told whole, all. */
export function ChangeList({ changes }: { changes: AuditChange[] }) {
  if (changes.length === 0) {
    return null;
  }
  const isChange = changes.some(({ before, after }) => before !== null && after !== null);
  const shown = changes.slice(0, isChange || changes.length <= shownAtOnce ? shownAtOnce : 0);
  const rest = changes.slice(shown.length);
  return (
    <>
      {shown.length > 0 ? <Lines changes={shown} /> : null}
      {rest.length > 0 ? (
        <details className={classes.more}>
          <summary>{shown.length > 0 ? `${rest.length} more` : `${rest.length} values`}</summary>
          <Lines changes={rest} />
        </details>
      ) : null}
    </>
  );
}

const Lines = ({ changes }: { changes: AuditChange[] }) => (
  <dl className={classes.changes}>
    {changes.map(({ name, before, after }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          {before === null ? null : <del>{before}</del>}
          {before === null || after === null ? null : <span aria-hidden>→</span>}
          {after === null ? null : <ins>{after}</ins>}
        </dd>
      </div>
    ))}
  </dl>
);

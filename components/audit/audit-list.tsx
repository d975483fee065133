import { EmptyState } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import { PlainLinkButton } from "../ui/plain-button.tsx";
import classes from "./audit-list.module.css";
import type { AuditRow } from "./audit-row.ts";
import { ChangeList } from "./change-list.tsx";

type Props = {
  rows: AuditRow[];
  isFiltered: boolean;
  /** The address of the page of older acts. */
  older: string | null;
};

export function AuditList({ rows, isFiltered, older }: Props) {
  if (rows.length === 0) {
    return (
      <EmptyState
        py="xl"
        icon={<IconHistory size={28} stroke={1.5} />}
        title={isFiltered ? "Nobody did such a thing then" : "Nothing was changed yet"}
        description={
          isFiltered
            ? "Take a filter off, or ask for other days."
            : "Whatever somebody changes from now on is told here."
        }
      />
    );
  }
  return (
    <>
      <ol className={classes.acts} aria-label="Acts, the newest first">
        {rows.map((row) => (
          <li key={row.id}>
            <div className={classes.act}>
              <p>
                <strong>{row.actor}</strong> {row.words}{" "}
                {row.subject ? <Subject row={row} subject={row.subject} /> : null}
              </p>
              <ChangeList changes={row.changes} />
            </div>
            <p className={classes.at}>
              {row.at}
              {row.ip ? <span>from {row.ip}</span> : null}
            </p>
          </li>
        ))}
      </ol>
      {older ? (
        <nav aria-label="Pages" className={classes.pages}>
          <PlainLinkButton look="outlined" href={older} rel="next">
            Older
          </PlainLinkButton>
        </nav>
      ) : null}
    </>
  );
}

const Subject = ({ row, subject }: { row: AuditRow; subject: string }) =>
  row.href ? (
    <Link href={row.href as Route} prefetch={false}>
      {subject}
    </Link>
  ) : (
    <span>{subject}</span>
  );

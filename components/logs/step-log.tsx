"use client";

import { IconActivity } from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import type { LogPage, StepRow } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { LogTable } from "./log-table.tsx";

const columns = [
  { title: "Time", width: classes.narrow },
  { title: "Member" },
  { title: "Workflow and step" },
  { title: "Outcome", width: classes.outcome },
];

type Props = { url: string; first: LogPage<StepRow>; isFiltered: boolean };

/** How each step ended for each member, live. */
export function StepLog({ url, first, isFiltered }: Props) {
  return (
    <LogTable
      url={url}
      first={first}
      columns={columns}
      empty={{
        icon: <IconActivity size={28} stroke={1.5} />,
        title: isFiltered ? "Nothing fits" : "Nothing has run yet",
        description: isFiltered
          ? "Take a filter off, or look at another time."
          : "Switch a workflow on and press “Run now”: each step that it takes for a member appears here.",
      }}
    >
      {(row) => <Cells row={row} />}
    </LogTable>
  );
}

function Cells({ row }: { row: StepRow }) {
  return (
    <>
      <td className={classes.time}>{row.time}</td>
      <td className={`${classes.strong} ${classes.first}`}>{row.member}</td>
      <td className={classes.wide}>
        <Link className={classes.title} href={`/admin/logs/runs/${row.runId}` as Route} prefetch={false}>
          {row.workflow}
        </Link>
        <span className={classes.second}>{row.step}</span>
      </td>
      <td className={classes.wide}>
        <Tone tone={row.tone}>{row.status}</Tone>
        {row.messageId ? (
          <>
            {" · "}
            <Link className={classes.link} href={`/admin/logs/messages/${row.messageId}`} prefetch={false}>
              Message
            </Link>
          </>
        ) : null}
        {row.reason ? <span className={classes.second}>{row.reason}</span> : null}
        {row.error ? <span className={classes.error}>{row.error}</span> : null}
      </td>
    </>
  );
}

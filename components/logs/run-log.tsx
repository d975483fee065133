"use client";

import { IconRoute } from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import type { LogPage, RunRow } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { LogTable } from "./log-table.tsx";

const columns = [
  { title: "Started", width: classes.narrow },
  { title: "Member" },
  { title: "Workflow" },
  { title: "Status", width: classes.outcome },
];

type Props = { url: string; first: LogPage<RunRow>; isFiltered: boolean };

/** Who went through which workflow, live. */
export function RunLog({ url, first, isFiltered }: Props) {
  return (
    <LogTable
      url={url}
      first={first}
      columns={columns}
      empty={{
        icon: <IconRoute size={28} stroke={1.5} />,
        title: isFiltered ? "Nothing fits" : "Nobody has started yet",
        description: isFiltered
          ? "Take a filter off, or look at another time."
          : "Each member who goes through a workflow appears here, with how far they came.",
      }}
    >
      {(row) => <Cells row={row} />}
    </LogTable>
  );
}

function Cells({ row }: { row: RunRow }) {
  return (
    <>
      <td className={classes.time}>{row.time}</td>
      <td className={classes.first}>
        <Link className={classes.title} href={`/admin/logs/runs/${row.id}` as Route} prefetch={false}>
          {row.member}
        </Link>
      </td>
      <td className={classes.wide}>
        {row.workflow}
        <span className={classes.second}>{row.origin}</span>
      </td>
      <td className={classes.wide}>
        <Tone tone={row.tone}>{row.status}</Tone>
        {row.reason ? <span className={classes.second}>{row.reason}</span> : null}
      </td>
    </>
  );
}

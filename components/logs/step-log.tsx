"use client";

import { EmptyState } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import { groupRows } from "./group-rows.ts";
import { LogFrame } from "./log-frame.tsx";
import type { LogPage, StepRow } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { useLiveLog } from "./use-live-log.ts";

type Props = { url: string; first: LogPage<StepRow>; isFiltered: boolean };

/** How each step ended for each member, live. */
export function StepLog({ url, first, isFiltered }: Props) {
  const { rows, isFresh, ...log } = useLiveLog(url, first);
  return (
    <LogFrame log={log}>
      {rows.length === 0 ? (
        <EmptyState
          icon={<IconActivity size={28} stroke={1.5} />}
          title={isFiltered ? "Nothing of this workflow yet" : "Nothing has run yet"}
          description="Switch a workflow on and press “Run now”: each step that it takes for a member appears here."
          py="xl"
        />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.narrow}>
                Time
              </th>
              <th scope="col">Member</th>
              <th scope="col">Workflow and step</th>
              <th scope="col" className={classes.outcome}>
                Outcome
              </th>
            </tr>
          </thead>
          {groupRows(rows).map((group) => (
            <tbody key={group.day}>
              <tr className={classes.dayRow}>
                <th scope="rowgroup" colSpan={4} className={classes.day}>
                  {group.day}
                </th>
              </tr>
              {group.rows.map((row) => (
                <Row key={row.id} row={row} isFresh={isFresh(row)} />
              ))}
            </tbody>
          ))}
        </table>
      )}
    </LogFrame>
  );
}

function Row({ row, isFresh }: { row: StepRow; isFresh: boolean }) {
  return (
    <tr className={isFresh ? classes.fresh : undefined}>
      <td className={classes.time}>{row.time}</td>
      <td className={`${classes.strong} ${classes.first}`}>{row.member}</td>
      <td className={classes.wide}>
        {row.workflow}
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
    </tr>
  );
}

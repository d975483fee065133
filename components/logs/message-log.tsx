"use client";

import { EmptyState } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import { groupRows } from "./group-rows.ts";
import { LogFrame } from "./log-frame.tsx";
import type { LogPage, MessageListRow } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { useLiveLog } from "./use-live-log.ts";

type Props = { url: string; first: LogPage<MessageListRow>; isFiltered: boolean };

/** What went out or was going to, live. */
export function MessageLog({ url, first, isFiltered }: Props) {
  const { rows, isFresh, ...log } = useLiveLog(url, first);
  return (
    <LogFrame log={log}>
      {rows.length === 0 ? (
        <EmptyState
          icon={<IconMail size={28} stroke={1.5} />}
          title={isFiltered ? "No messages of this workflow yet" : "No messages yet"}
          description="Whatever a workflow sends appears here, and can be read exactly as the member gets it."
          py="xl"
        />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.narrow}>
                Time
              </th>
              <th scope="col">Message</th>
              <th scope="col">To</th>
              <th scope="col" className={classes.medium}>
                Channel
              </th>
              <th scope="col" className={classes.status}>
                Status
              </th>
            </tr>
          </thead>
          {groupRows(rows).map((group) => (
            <tbody key={group.day}>
              <tr className={classes.dayRow}>
                <th scope="rowgroup" colSpan={5} className={classes.day}>
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

function Row({ row, isFresh }: { row: MessageListRow; isFresh: boolean }) {
  return (
    <tr className={isFresh ? classes.fresh : undefined}>
      <td className={classes.time}>{row.time}</td>
      <td className={classes.first}>
        <Link className={classes.title} href={`/admin/logs/messages/${row.id}`} prefetch={false}>
          {row.subject}
        </Link>
        {row.workflow ? <span className={classes.second}>{row.workflow}</span> : null}
      </td>
      <td className={classes.wide}>
        {row.member ?? row.recipient}
        <span className={classes.second}>
          <span className={classes.phone}>{row.channel} </span>
          {row.member ? row.recipient : null}
        </span>
      </td>
      <td className={classes.desktop}>{row.channel}</td>
      <td className={classes.wide}>
        <Tone tone={row.tone}>{row.status}</Tone>
        {row.reason ? <span className={classes.second}>{row.reason}</span> : null}
        {row.error ? <span className={classes.error}>{row.error}</span> : null}
      </td>
    </tr>
  );
}

"use client";

import { IconMail } from "@tabler/icons-react";
import Link from "next/link";
import { Tone } from "../ui/tone.tsx";
import type { LogPage, MessageListRow } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { LogTable } from "./log-table.tsx";

const columns = [
  { title: "Time", width: classes.narrow },
  { title: "Message" },
  { title: "To" },
  { title: "Channel", width: classes.medium },
  { title: "Status", width: classes.status },
];

type Props = { url: string; first: LogPage<MessageListRow>; isFiltered: boolean };

/** What went out or was going to, live. */
export function MessageLog({ url, first, isFiltered }: Props) {
  return (
    <LogTable
      url={url}
      first={first}
      columns={columns}
      empty={{
        icon: <IconMail size={28} stroke={1.5} />,
        title: isFiltered ? "Nothing fits" : "No messages yet",
        description: isFiltered
          ? "Take a filter off, or look at another time."
          : "Whatever a workflow sends appears here, and can be read exactly as the member gets it.",
      }}
    >
      {(row) => <Cells row={row} />}
    </LogTable>
  );
}

function Cells({ row }: { row: MessageListRow }) {
  return (
    <>
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
    </>
  );
}

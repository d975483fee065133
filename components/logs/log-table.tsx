"use client";

import { EmptyState } from "@mantine/core";
import type { ReactNode } from "react";
import { groupRows } from "./group-rows.ts";
import { LogFrame } from "./log-frame.tsx";
import type { LogPage } from "./log-rows.ts";
import classes from "./log-table.module.css";
import { useLiveLog } from "./use-live-log.ts";

type Props<Row> = {
  url: string;
  first: LogPage<Row>;
  columns: { title: string; width?: string }[];
  empty: { icon: ReactNode; title: string; description: string };
  /** The cells of a row, one for each column. */
  children: (row: Row) => ReactNode;
};

/** A log's rows under the days on which they happened, live. */
export function LogTable<Row extends { id: number; day: string }>({
  url,
  first,
  columns,
  empty,
  children,
}: Props<Row>) {
  const { rows, isFresh, ...log } = useLiveLog(url, first);
  return (
    <LogFrame log={log}>
      {rows.length === 0 ? (
        <EmptyState {...empty} py="xl" />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(({ title, width }) => (
                <th key={title} scope="col" className={width}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          {groupRows(rows).map((group) => (
            <tbody key={group.day}>
              <tr className={classes.dayRow}>
                <th scope="rowgroup" colSpan={columns.length} className={classes.day}>
                  {group.day}
                </th>
              </tr>
              {group.rows.map((row) => (
                <tr key={row.id} className={isFresh(row) ? classes.fresh : undefined}>
                  {children(row)}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </LogFrame>
  );
}

import { withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { readClock } from "#engine/clock";
import { requireFewExports } from "#engine/export-limit";
import { calendarDay } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { byteOrderMark, csvRow } from "#lib/csv";
import { clockTime } from "#lib/format-time";
import { getDb } from "../../_server/db.ts";
import type { Viewer } from "../../_server/session.ts";

type Cell = string | number | null;

type Table<Row> = {
  /** What the file is called, and the audit's word for it. */
  name: string;
  query: object;
  columns: [title: string, cellOf: (row: Row, print: (instant: Date | null) => string) => Cell][];
  /** Rows older than one of them. */
  read: (page: { beforeId?: number; limit: number }, clock: Clock) => Promise<Row[]>;
};

/** As many as are in memory at once. */
const rowsAtOnce = 1_000;

/** All that a filter shows as a file, newest first, read while it is sent. Times are the gym's. */
export async function exportLog<Row extends { id: number }>(viewer: Viewer, table: Table<Row>): Promise<Response> {
  const db = getDb();
  const clock = await readClock(db);
  await withTransaction(db, async (tx) => {
    await requireFewExports(tx, viewer.userId, clock);
    const { name, query } = table;
    await insertAuditEvent(tx, {
      ...{ actorId: viewer.userId, action: "logs.exported", subjectType: "log", subjectId: null },
      after: { log: name, ...query },
    });
  });
  return new Response(streamRows(table, clock).pipeThrough(new TextEncoderStream()), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${table.name}-${clock.today}.csv"`,
    },
  });
}

function streamRows<Row extends { id: number }>({ columns, read }: Table<Row>, clock: Clock) {
  const { timeZone } = clock;
  const print = (instant: Date | null) =>
    instant ? `${calendarDay(instant, timeZone)} ${clockTime(instant, timeZone, { withSeconds: true })}` : "";
  let beforeId: number | undefined;
  return new ReadableStream<string>({
    start(controller) {
      controller.enqueue(byteOrderMark + csvRow(columns.map(([title]) => title)));
    },
    async pull(controller) {
      const rows = await read({ beforeId, limit: rowsAtOnce }, clock);
      if (rows.length > 0) {
        controller.enqueue(rows.map((row) => csvRow(columns.map(([, cellOf]) => cellOf(row, print)))).join(""));
      }
      beforeId = rows.at(-1)?.id;
      if (rows.length < rowsAtOnce) {
        controller.close();
      }
    },
  });
}

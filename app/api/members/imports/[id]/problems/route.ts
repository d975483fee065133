import { keptProblems } from "#db/queries/import-work";
import { findImport, listImportProblems } from "#db/queries/imports";
import { csvCell } from "#lib/csv";
import { AppError } from "#lib/errors";
import { getDb } from "../../../../../_server/db.ts";
import { byId } from "../../../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../../../_server/route-handler.ts";

/** What is wrong with a file, line by line, for a spreadsheet. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ params }) => {
  const db = getDb();
  if (!(await findImport(db, params.id))) {
    throw new AppError("not_found", "There is no such import.");
  }
  const problems = await listImportProblems(db, params.id, keptProblems);
  const rows = problems.map(({ line, column, value, reason }) => [String(line), column, value, reason]);
  const text = [["line", "column", "value", "reason"], ...rows]
    .map((cells) => cells.map(csvCell).join(","))
    .join("\r\n");
  return new Response(`\ufeff${text}\r\n`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="import-${params.id}-errors.csv"`,
    },
  });
});

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CancelButton } from "#components/members/import/cancel-button";
import { ColumnTable } from "#components/members/import/column-table";
import { FileView } from "#components/members/import/file-view";
import { kindTitles } from "#components/members/import/import-actions";
import { ImportProgress } from "#components/members/import/import-progress";
import { ImportResult } from "#components/members/import/import-result";
import { ProblemList } from "#components/members/import/problem-list";
import { BackLink } from "#components/ui/back-link";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { findImport, type ImportRow, listImportProblems } from "#db/queries/imports";
import { getDb } from "../../../../_server/db.ts";
import { requireViewer } from "../../../../_server/page-guard.ts";
import { memberIdInAddress } from "../../member-filter.ts";
import { beginFileImport, cancelFileImport, checkImportFile } from "../actions.ts";
import { describeImportState, listFigures, listNotes } from "../describe-import.ts";
import { readPreview } from "./read-preview.ts";

export const metadata: Metadata = { title: "Import" };

const actions = { check: checkImportFile, begin: beginFileImport, cancel: cancelFileImport };

export default async function FileImportPage({ params }: PageProps<"/admin/members/import/[id]">) {
  await requireViewer(["admin"]);
  const id = memberIdInAddress.safeParse((await params).id);
  const row = id.success ? await findImport(getDb(), id.data) : null;
  if (!row) {
    notFound();
  }
  return (
    <Page>
      <BackLink href="/admin/members/import">Import</BackLink>
      <PageHeader title={row.fileName} description={kindTitles[row.kind]} />
      <File row={row} />
    </Page>
  );
}

const shown = 50;
/** In these nothing was counted yet, or not to the end. */
const uncounted: ImportRow["state"][] = ["uploading", "mapping"];

async function File({ row }: { row: ImportRow }) {
  const { id, state } = row;
  if (state === "checking" || state === "importing") {
    const first = { state, share: row.bytes > 0 ? row.bytesRead / row.bytes : 0, read: row.read, refused: row.refused };
    return <ImportProgress key={state} importId={id} state={state} first={first} cancel={actions.cancel} />;
  }
  const isOpen = state === "mapping" || state === "checked";
  const [problems, preview] = await Promise.all([
    listImportProblems(getDb(), id, shown),
    isOpen ? readPreview(getDb(), row) : null,
  ]);
  const { name, tone } = describeImportState(row);
  return (
    <FileView>
      <ImportResult
        state={name}
        tone={tone}
        figures={uncounted.includes(state) ? [] : listFigures(row)}
        notes={[...(preview ? preview.notes : []), ...listNotes(row)]}
      >
        {state === "uploading" ? <CancelButton importId={id} cancel={actions.cancel} label="Discard the file" /> : null}
      </ImportResult>
      {preview ? (
        <ColumnTable
          key={`${state} ${row.dates} ${JSON.stringify(row.columns)}`}
          importId={id}
          header={preview.header}
          columns={row.columns ?? []}
          known={preview.known}
          lines={preview.lines}
          dates={row.dates}
          asksForDates={row.asksForDates}
          good={state === "checked" ? row.read - row.refused : null}
          actions={actions}
        />
      ) : null}
      <ProblemList importId={id} problems={problems} refused={uncounted.includes(state) ? 0 : row.refused} />
    </FileView>
  );
}

import type { Metadata } from "next";
import { BringFile } from "#components/members/import/bring-file";
import { kindTitles } from "#components/members/import/import-actions";
import { ImportList, type ListedImport } from "#components/members/import/import-list";
import { BackLink } from "#components/ui/back-link";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { listImports } from "#db/queries/imports";
import { readClock } from "#engine/clock";
import { dayAndTime } from "#lib/format-time";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { bringImportFile, readImportFile } from "./actions.ts";
import { describeImportState, printCounts } from "./describe-import.ts";

export const metadata: Metadata = { title: "Import" };

const actions = { bring: bringImportFile, read: readImportFile };

export default async function ImportPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <BackLink href="/admin/members">Members</BackLink>
      <PageHeader
        title="Import"
        description="Bring members, visits and contracts in from your gym’s software. The same file twice changes nothing."
      />
      <BringFile actions={actions} />
      <ImportList imports={await readImports()} />
    </Page>
  );
}

async function readImports(): Promise<ListedImport[]> {
  const db = getDb();
  const { now, timeZone } = await readClock(db);
  const found = await listImports(db, 50);
  return found.map((row) => {
    const { name, tone } = describeImportState(row);
    return {
      id: row.id,
      fileName: row.fileName,
      kind: kindTitles[row.kind],
      state: name,
      tone,
      result: row.error ?? printCounts(row),
      by: row.by ?? "somebody",
      at: dayAndTime(row.createdAt, now, timeZone),
    };
  });
}

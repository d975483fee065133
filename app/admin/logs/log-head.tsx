import { logAddress } from "#components/logs/log-address";
import { LogControls } from "#components/logs/log-controls";
import { LogExport } from "#components/logs/log-export";
import { LogFilters, type LogSelect } from "#components/logs/log-filters";
import { PageHeader } from "#components/ui/page-header";
import { findNameOf, listWorkflowNames } from "#db/queries/logs";
import { countUnconfirmed } from "#db/queries/unconfirmed";
import { getDb } from "../../_server/db.ts";

type Query = { workflow?: number; member?: number; from?: string; to?: string };

type Props = {
  description: string;
  path: string;
  query: Query;
  /** What this log alone can be filtered by. */
  selects?: LogSelect[];
  /** Where the whole of what is shown can be had as a file. */
  exportPath?: string;
  /** Where only the workflow matters. */
  isShort?: boolean;
};

/** What stands above every log: which there are, what of it is shown, and how much waits for a person's word. */
export async function LogHead({ description, path, query, selects = [], exportPath, isShort = false }: Props) {
  const db = getDb();
  const { workflow, member, from, to } = query;
  const [workflows, unconfirmed, memberName] = await Promise.all([
    listWorkflowNames(db),
    countUnconfirmed(db),
    member === undefined ? null : findNameOf(db, member),
  ]);
  const ofWorkflow: LogSelect = {
    name: "workflow",
    label: "Workflow",
    all: "All workflows",
    options: workflows.map(({ id, name }) => ({ value: String(id), label: name })),
  };
  return (
    <>
      <PageHeader title="Logs" description={description}>
        {exportPath ? <LogExport key={JSON.stringify(query)} url={logAddress(exportPath, query)} /> : null}
      </PageHeader>
      <LogControls shared={{ workflow, member, from, to }} unconfirmed={unconfirmed} />
      <LogFilters
        key={member}
        path={path}
        query={query}
        selects={[ofWorkflow, ...selects]}
        member={member === undefined ? null : { id: member, name: memberName ?? `Member ${member}`, hint: "" }}
        isShort={isShort}
      />
    </>
  );
}

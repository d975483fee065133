import { LogControls } from "#components/logs/log-controls";
import { PageHeader } from "#components/ui/page-header";
import { listWorkflowNames } from "#db/queries/logs";
import { countUnconfirmed } from "#db/queries/unconfirmed";
import { getDb } from "../../_server/db.ts";

type Props = { description: string; workflowId: number | undefined };

/** What stands above every log: which there are, of which workflow, and how much waits for a person's word. */
export async function LogHead({ description, workflowId }: Props) {
  const [workflows, unconfirmed] = await Promise.all([listWorkflowNames(getDb()), countUnconfirmed(getDb())]);
  return (
    <>
      <PageHeader title="Logs" description={description} />
      <LogControls workflows={workflows} workflowId={workflowId} unconfirmed={unconfirmed} />
    </>
  );
}

import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useWorkflowRequest } from "../../workflows/use-workflow-request.ts";
import classes from "./form-dialog.module.css";
import { FormDialog } from "./form-dialog.tsx";
import type { MemberActions } from "./member-actions.ts";

type Props = {
  memberId: number;
  /** Those that are started by hand, and are on. */
  workflows: { id: number; name: string }[];
  enrol: MemberActions["enrol"];
  close: () => void;
};

/** Starts a workflow for the member; the worker does it, and the dialog tells how it went. */
export function EnrolDialog({ memberId, workflows, enrol, close }: Props) {
  const [requestId, setRequestId] = useState<number | null>(null);
  const progress = useWorkflowRequest(requestId);
  if (workflows.length === 0 || progress) {
    return (
      <Modal
        opened
        onClose={close}
        title="Enrol in a workflow"
        closeButtonProps={{ "aria-label": "Close" }}
        classNames={{ title: classes.title }}
        centered
      >
        <p className={classes.progress} role="status" data-error={progress?.isError || undefined}>
          {progress?.text ??
            "No workflow that is on is started by hand. Make one with the trigger “Is enrolled by hand” and switch it on."}
        </p>
        <div className={classes.buttons}>
          <Button onClick={close} loading={progress?.isWaiting} data-autofocus>
            Close
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog
      title="Enrol in a workflow"
      submitLabel="Enrol"
      fields={[
        {
          kind: "choice",
          name: "workflowId",
          label: "Workflow",
          description: "Cooldowns and exit conditions hold as in every sweep.",
          options: workflows.map(({ id, name }) => ({ value: String(id), label: name })),
          initial: String(workflows[0]?.id ?? ""),
        },
      ]}
      send={({ token, number }) => enrol({ memberId, token, workflowId: number("workflowId") })}
      onDone={(data) => setRequestId(data.requestId)}
      close={close}
    />
  );
}

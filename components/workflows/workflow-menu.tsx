"use client";

import { Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconCopy } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import type { MenuTarget } from "../ui/late-menu.tsx";
import { OpenedMenu } from "../ui/opened-menu.tsx";
import { useToast } from "../ui/toast.tsx";
import { editorAddress } from "./editor-address.ts";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

type Props = { target: MenuTarget; workflow: WorkflowRow; actions: WorkflowActions };

export function WorkflowMenu({ target, workflow, actions }: Props) {
  const { id, name, isArchived } = workflow;
  const router = useRouter();
  const show = useToast();
  // One a menu: pressed twice it is done once.
  const token = useRef(crypto.randomUUID());

  async function run<Data>(ask: () => Promise<ActionResult<Data>>, then: (data: Data) => void) {
    const answer = await callAction(ask());
    if (answer.ok) {
      then(answer.data);
    } else {
      show({ message: answer.message, isError: true });
    }
    router.refresh();
  }

  const duplicate = () =>
    run(
      () => actions.duplicate({ workflowId: id, token: token.current }),
      (copy) => router.push(editorAddress(copy.id)),
    );
  const unarchive = () =>
    run(
      () => actions.unarchive({ workflowId: id }),
      () => show({ message: `“${name}” is back, switched off.` }),
    );
  const archive = () =>
    run(
      () => actions.archive({ workflowId: id }),
      () =>
        show({
          message: `“${name}” is archived. Runs in progress were cancelled.`,
          action: { label: "Undo", run: unarchive },
        }),
    );

  return (
    <OpenedMenu target={target} position="bottom-end">
      <Menu.Item leftSection={<IconCopy size={15} stroke={1.75} />} onClick={duplicate}>
        Duplicate
      </Menu.Item>
      {isArchived ? (
        <Menu.Item leftSection={<IconArchiveOff size={15} stroke={1.75} />} onClick={unarchive}>
          Take out of the archive
        </Menu.Item>
      ) : (
        <Menu.Item color="red" leftSection={<IconArchive size={15} stroke={1.75} />} onClick={archive}>
          Archive
        </Menu.Item>
      )}
    </OpenedMenu>
  );
}

"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callAction } from "../../ui/call-action.ts";
import { Page } from "../../ui/page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useToast } from "../../ui/toast.tsx";
import classes from "./dialogs.module.css";
import type { EditorActions } from "./editor-actions.ts";
import type { Problem } from "./problems.ts";

type Props = {
  workflow: { id: number; name: string; revision: number; problems: Problem[] };
  save: EditorActions["save"] | null;
};

/** What was stored by other means may be no workflow at all: it says what is wrong, and can be begun anew. */
export function UnreadableWorkflow({ workflow: { id, name, revision, problems }, save }: Props) {
  const router = useRouter();
  const show = useToast();
  const [isSaving, setSaving] = useState(false);

  async function beginAnew() {
    if (!save) {
      return;
    }
    setSaving(true);
    const trigger = { type: "", params: {} };
    const draft = { name, description: "", cooldownPeriodDays: 7, trigger, steps: [], context: {}, exitWhen: [] };
    const answer = await callAction(save({ workflowId: id, revision, draft }));
    setSaving(false);
    if (!answer.ok) {
      show({ message: answer.message, isError: true });
    }
    router.refresh();
  }

  return (
    <Page>
      <PageHeader title={name} description="What is stored of this workflow cannot be shown as steps." />
      <div className={classes.body}>
        <ul>
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>{message}</li>
          ))}
        </ul>
        {save ? (
          <div>
            <Button loading={isSaving} onClick={beginAnew}>
              Begin anew with a draft
            </Button>
          </div>
        ) : null}
        <p className={classes.hint}>What is stored stays as it is until a draft is published.</p>
      </div>
    </Page>
  );
}

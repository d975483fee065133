"use client";

import { EmptyState } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { ToastProvider } from "../ui/toast.tsx";
import { WorkflowCard } from "./workflow-card.tsx";
import classes from "./workflow-list.module.css";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

type Props = { workflows: WorkflowRow[]; actions: WorkflowActions | null };

export function WorkflowList({ workflows, actions }: Props) {
  if (workflows.length === 0) {
    return (
      <EmptyState
        icon={<IconBolt size={28} stroke={1.5} />}
        title="No workflows yet"
        description="Load the starter workflows with “npm run db:seed”, or bring your own with “npm run config -- import FILE”."
      />
    );
  }
  return (
    <ToastProvider closeLabel="Close">
      <ul className={classes.list}>
        {workflows.map((workflow) => (
          <li key={workflow.id}>
            <WorkflowCard workflow={workflow} actions={actions} />
          </li>
        ))}
      </ul>
    </ToastProvider>
  );
}

"use client";

import { EmptyState } from "@mantine/core";
import { IconBolt, IconSearch } from "@tabler/icons-react";
import listed from "../ui/listed.module.css";
import { ToastProvider } from "../ui/toast.tsx";
import { WorkflowCard } from "./workflow-card.tsx";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

type Props = {
  workflows: WorkflowRow[];
  /** Whether others are left out. */
  isFiltered: boolean;
  actions: WorkflowActions | null;
};

export function WorkflowList({ workflows, isFiltered, actions }: Props) {
  if (workflows.length === 0 && isFiltered) {
    return (
      <EmptyState
        py="xl"
        icon={<IconSearch size={28} stroke={1.5} />}
        title="No workflow is like that"
        description="Search for another word, or show all states."
      />
    );
  }
  if (workflows.length === 0) {
    return (
      <EmptyState
        py="xl"
        icon={<IconBolt size={28} stroke={1.5} />}
        title="No workflows yet"
        description="Begin with one of the gallery: “New workflow” shows them."
      />
    );
  }
  return (
    <ToastProvider closeLabel="Close">
      <ul className={listed.list}>
        {workflows.map((workflow) => (
          <li key={workflow.id}>
            <WorkflowCard workflow={workflow} actions={actions} />
          </li>
        ))}
      </ul>
    </ToastProvider>
  );
}

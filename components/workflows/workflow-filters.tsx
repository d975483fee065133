"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { WorkflowState } from "#engine/editing/workflow-list";
import classes from "./workflow-filters.module.css";

type Props = {
  text: string;
  state: WorkflowState | undefined;
  counts: Record<WorkflowState, number>;
};

const labels: Record<WorkflowState, string> = {
  on: "On",
  off: "Off",
  draft: "With a draft",
  attention: "Needs attention",
  archived: "Archived",
};

/** Both are in the address, so that a view can be passed on. */
export function WorkflowFilters({ text, state, counts }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const show = (next: { text: string; state: string }) => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ""));
    startTransition(() =>
      router.replace(`/admin/workflows${query.size > 0 ? `?${query}` : ""}` as Route, { scroll: false }),
    );
  };
  const search = useDebouncedCallback((typed: string) => show({ text: typed, state: state ?? "" }), 250);
  return (
    <search className={classes.filters} aria-busy={isPending}>
      <TextInput
        type="search"
        aria-label="Search workflows"
        placeholder="Search"
        defaultValue={text}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        onChange={(event) => search(event.currentTarget.value)}
        size="sm"
        className={classes.text}
      />
      <NativeSelect
        aria-label="State"
        size="sm"
        value={state ?? ""}
        onChange={(event) => show({ text, state: event.currentTarget.value })}
        data={[
          { value: "", label: "All but archived" },
          ...Object.entries(labels).map(([value, label]) => ({
            value,
            label: `${label} (${counts[value as WorkflowState]})`,
          })),
        ]}
      />
    </search>
  );
}

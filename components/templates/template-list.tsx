"use client";

import { EmptyState } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import listed from "../ui/listed.module.css";
import { ToastProvider } from "../ui/toast.tsx";
import { TemplateItem } from "./template-item.tsx";
import classes from "./template-list.module.css";
import type { TemplateListActions, TemplateRow } from "./template-row.ts";

type Props = { rows: TemplateRow[]; hasMore: boolean; isFiltered: boolean; actions: TemplateListActions | null };

export function TemplateList({ rows, hasMore, isFiltered, actions }: Props) {
  return (
    <ToastProvider closeLabel="Close">
      {rows.length === 0 ? (
        <Nothing isFiltered={isFiltered} />
      ) : (
        <ul className={listed.list}>
          {rows.map((template) => (
            <li key={template.id}>
              <TemplateItem template={template} actions={actions} />
            </li>
          ))}
        </ul>
      )}
      {hasMore ? (
        <p className={classes.more}>These are the first {rows.length}. Search for a name to find the others.</p>
      ) : null}
    </ToastProvider>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState
      py="xl"
      icon={<IconMail size={28} stroke={1.5} />}
      title={isFiltered ? "Nothing fits" : "No templates yet"}
      description={
        isFiltered
          ? "Search for something else, or take a filter off."
          : "Write the first one, or load the starter workflows with their texts: “npm run db:seed”."
      }
    />
  );
}

"use client";

import { NativeSelect } from "@mantine/core";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import classes from "./log-controls.module.css";

type Props = {
  workflows: { id: number; name: string }[];
  workflowId: number | undefined;
  /** How many messages wait for a person's word. */
  unconfirmed: number;
};

const logs = [
  { href: "/admin/logs", label: "Steps" },
  { href: "/admin/logs/messages", label: "Messages" },
  { href: "/admin/logs/unconfirmed", label: "Unconfirmed" },
] as const;

/** Which log, and of which workflow. Both are in the address, so that a view can be passed on. */
export function LogControls({ workflows, workflowId, unconfirmed }: Props) {
  const path = usePathname();
  const router = useRouter();
  const filter: "" | `?${string}` = workflowId === undefined ? "" : `?workflow=${workflowId}`;
  return (
    <div className={classes.controls}>
      <nav aria-label="Logs" className={classes.tabs}>
        {logs.map(({ href, label }) => (
          <Link
            key={href}
            href={`${href}${filter}`}
            className={classes.tab}
            aria-current={path === href ? "page" : undefined}
          >
            {label}
            {href === "/admin/logs/unconfirmed" && unconfirmed > 0 ? (
              <span className={classes.count}>{unconfirmed.toLocaleString("en")}</span>
            ) : null}
          </Link>
        ))}
      </nav>
      <NativeSelect
        aria-label="Workflow"
        size="xs"
        value={workflowId ?? ""}
        onChange={({ currentTarget: { value } }) =>
          router.replace(value ? `${path as "/admin/logs"}?workflow=${value}` : (path as "/admin/logs"))
        }
        data={[
          { value: "", label: "All workflows" },
          ...workflows.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
    </div>
  );
}

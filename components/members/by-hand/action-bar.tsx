"use client";

import { useState } from "react";
import { PlainButton } from "../../ui/plain-button.tsx";
import { useToast } from "../../ui/toast.tsx";
import classes from "./action-bar.module.css";
import { EnrolDialog } from "./enrol-dialog.tsx";
import { EraseDialog } from "./erase-dialog.tsx";
import { ExportButton } from "./export-button.tsx";
import { FormDialog } from "./form-dialog.tsx";
import type { MemberActions } from "./member-actions.ts";

type Named = { id: number; name: string };

type Props = {
  memberId: number;
  name: string;
  /** Started by hand, and on. */
  workflows: Named[];
  staff: Named[];
  trainerId: number | null;
  /** The gym's day on which a new task is due, unless said. */
  dueOn: string;
  actions: Omit<MemberActions, "addTag" | "removeTag">;
};

type Open = "enrol" | "task" | "offer" | "credits" | "erase" | null;

/** What can be done for a member, each in a dialog of its own. */
export function ActionBar({ memberId, name, workflows, staff, trainerId, dueOn, actions }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const toast = useToast();
  const close = () => setOpen(null);
  const done = (message: string) => () => {
    close();
    toast({ message });
  };
  const shared = { close, memberId };
  const assignee = staff.find(({ id }) => id === trainerId) ?? staff[0];
  return (
    <div className={classes.bar}>
      <PlainButton look="outlined" onClick={() => setOpen("enrol")}>
        Enrol
      </PlainButton>
      <PlainButton look="outlined" onClick={() => setOpen("task")}>
        New task
      </PlainButton>
      <PlainButton look="outlined" onClick={() => setOpen("offer")}>
        Give an offer
      </PlainButton>
      <PlainButton look="outlined" onClick={() => setOpen("credits")}>
        Grant credits
      </PlainButton>
      <ExportButton memberId={memberId} />
      <PlainButton look="outlined" className={classes.erase} onClick={() => setOpen("erase")}>
        Erase
      </PlainButton>
      {open === "enrol" ? <EnrolDialog {...shared} workflows={workflows} enrol={actions.enrol} /> : null}
      {open === "erase" ? <EraseDialog {...shared} name={name} erase={actions.erase} /> : null}
      {open === "task" ? (
        <FormDialog
          {...shared}
          title="New task about this member"
          submitLabel="Create task"
          fields={[
            { kind: "text", name: "description", label: "What to do" },
            {
              ...{ kind: "choice", name: "assigneeId", label: "Who" },
              options: staff.map(({ id, name }) => ({ value: String(id), label: name })),
              initial: String(assignee?.id ?? ""),
            },
            { kind: "day", name: "dueOn", label: "Due on", initial: dueOn },
            { kind: "choice", name: "priority", label: "Priority", options: priorities, initial: "medium" },
          ]}
          send={({ token, text, number }) =>
            actions.createTask({
              ...{ memberId, token, description: text("description"), assigneeId: number("assigneeId") },
              priority: text("priority") as "low" | "medium" | "high",
              dueOn: text("dueOn"),
            })
          }
          onDone={done("The task was created.")}
        />
      ) : null}
      {open === "offer" ? (
        <FormDialog
          {...shared}
          title="Give an offer"
          submitLabel="Give offer"
          fields={[
            { kind: "line", name: "code", label: "Code", description: "Letters, digits, - and _" },
            { kind: "text", name: "description", label: "Description", description: "The member reads it." },
            { kind: "line", name: "durationDays", label: "Can be used for days", inputMode: "numeric", initial: "30" },
          ]}
          send={({ token, text, number }) =>
            actions.giveOffer({
              ...{ memberId, token, code: text("code"), description: text("description") },
              durationDays: number("durationDays"),
            })
          }
          onDone={done("The offer was given.")}
        />
      ) : null}
      {open === "credits" ? (
        <FormDialog
          {...shared}
          title="Grant credits"
          submitLabel="Grant credits"
          fields={[
            { kind: "line", name: "amount", label: "Amount", inputMode: "decimal" },
            { kind: "line", name: "reason", label: "What for", description: "The member reads it." },
          ]}
          send={({ token, text, number }) =>
            actions.grantCredits({ memberId, token, amount: number("amount"), reason: text("reason") })
          }
          onDone={done("The credits were granted.")}
        />
      ) : null}
    </div>
  );
}

const priorities = [
  { value: "low", label: "Low" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
];

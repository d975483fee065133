"use client";

import { useState } from "react";
import { FormDialog } from "../members/by-hand/form-dialog.tsx";
import { PlainButton } from "../ui/plain-button.tsx";
import { ToastProvider, useToast } from "../ui/toast.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import type { StaffActions, StaffPerson, StaffRole } from "./staff-data.ts";
import classes from "./staff-list.module.css";

type Props = { viewerId: number; people: StaffPerson[]; actions: StaffActions };

export const StaffList = (props: Props) => (
  <ToastProvider closeLabel="Close">
    <Staff {...props} />
  </ToastProvider>
);

type Open = { dialog: "add" } | { dialog: "role" | "remove"; person: StaffPerson } | null;

/** Who works here. What changes of a role is said before it does. */
function Staff({ viewerId, people, actions }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const show = useToast();
  const close = () => setOpen(null);
  const done = (message: string) => {
    close();
    show({ message });
  };
  return (
    <>
      <div className={classes.head}>
        <p>Admins do all there is. Staff see workflows and templates, and do the tasks that they are given.</p>
        <PlainButton onClick={() => setOpen({ dialog: "add" })}>Add somebody</PlainButton>
      </div>
      <table className={classes.table}>
        <caption className={classes.spoken}>Who works here</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Open tasks</th>
            <th scope="col">Seen</th>
            <th scope="col">
              <span className={classes.spoken}>What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name}
                {person.id === viewerId ? " (you)" : ""}
                <span className={classes.second}>
                  {[person.email ?? "No address: they cannot sign in", person.away].filter(Boolean).join(" · ")}
                </span>
              </th>
              <td>{roleNames[person.role]}</td>
              <td>
                <span className={classes.label}>Open tasks: </span>
                {person.openTasks}
              </td>
              <td className={classes.dimmed}>{person.seen ?? "Signed out"}</td>
              <td className={classes.buttons}>
                <PlainButton
                  look="outlined"
                  isSmall
                  aria-label={`Change role: ${person.name}`}
                  onClick={() => setOpen({ dialog: "role", person })}
                >
                  {person.role === "admin" ? "Make staff" : "Make admin"}
                </PlainButton>
                <PlainButton
                  look="quiet"
                  isSmall
                  aria-label={`Remove: ${person.name}`}
                  onClick={() => setOpen({ dialog: "remove", person })}
                >
                  Remove
                </PlainButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open?.dialog === "add" ? (
        <FormDialog
          title="Add somebody who works here"
          submitLabel="Add"
          fields={[
            { kind: "line", name: "firstName", label: "First name" },
            { kind: "line", name: "lastName", label: "Last name" },
            { kind: "line", name: "email", label: "Email", description: "They sign in with it." },
            { kind: "choice", name: "role", label: "Role", options: roles, initial: "staff" },
          ]}
          send={({ token, text }) =>
            actions.add({
              ...{ token, firstName: text("firstName"), lastName: text("lastName"), email: text("email") },
              role: text("role") as StaffRole,
            })
          }
          onDone={done}
          close={close}
        />
      ) : null}
      {open?.dialog === "role" ? (
        <RoleDialog
          person={open.person}
          isSelf={open.person.id === viewerId}
          changeRole={actions.changeRole}
          onDone={done}
          close={close}
        />
      ) : null}
      {open?.dialog === "remove" ? (
        <RemoveDialog
          person={open.person}
          isSelf={open.person.id === viewerId}
          others={people.filter(({ id }) => id !== open.person.id)}
          remove={actions.remove}
          onDone={done}
          close={close}
        />
      ) : null}
    </>
  );
}

const roleNames: Record<StaffRole, string> = { staff: "Staff", admin: "Admin" };

const roles = [
  { value: "staff", label: "Staff" },
  { value: "admin", label: "Admin" },
];

import { AskDialog } from "./ask-dialog.tsx";
import type { StaffActions, StaffPerson } from "./staff-data.ts";

type Props = {
  person: StaffPerson;
  isSelf: boolean;
  changeRole: StaffActions["changeRole"];
  onDone: (message: string) => void;
  close: () => void;
};

export function RoleDialog({ person: { id, name, role }, isSelf, changeRole, onDone, close }: Props) {
  const to = role === "admin" ? "staff" : "admin";
  return (
    <AskDialog
      title={to === "admin" ? `Make ${name} an admin?` : `Take ${name}'s role as admin?`}
      confirmLabel={to === "admin" ? "Make admin" : "Make staff"}
      ask={() => changeRole({ userId: id, from: role, to })}
      onDone={() => onDone(`${name} is ${to === "admin" ? "an admin" : "staff"} now.`)}
      close={close}
    >
      <p>
        {to === "admin"
          ? "They will see every member, and change workflows, templates and these settings."
          : "They will see no members, no logs and no settings any more, and keep their tasks."}{" "}
        {isSelf ? "You" : "They"} will be signed out everywhere, and sign in anew.
      </p>
    </AskDialog>
  );
}

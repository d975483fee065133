import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { AskDialog } from "./ask-dialog.tsx";
import type { StaffActions, StaffPerson } from "./staff-data.ts";

type Props = {
  person: StaffPerson;
  isSelf: boolean;
  others: StaffPerson[];
  remove: StaffActions["remove"];
  onDone: (message: string) => void;
  close: () => void;
};

export function RemoveDialog({ person: { id, name, openTasks }, isSelf, others, remove, onDone, close }: Props) {
  const [heir, setHeir] = useState("");
  return (
    <AskDialog
      title={`Remove ${name}?`}
      confirmLabel="Remove"
      isDangerous
      ask={() => remove({ userId: id, tasksTo: heir === "" ? null : Number(heir) })}
      onDone={() => onDone(`${name} has no access any more.`)}
      close={close}
    >
      <p>
        {isSelf ? "You" : "They"} will be signed out everywhere and cannot come back in. What they did stays in the logs
        under their name.
      </p>
      {openTasks > 0 ? (
        <NativeSelect
          label={openTasks === 1 ? "Their open task goes to" : `Their ${openTasks} open tasks go to`}
          value={heir}
          onChange={({ currentTarget }) => setHeir(currentTarget.value)}
          data={[
            { value: "", label: "Choose somebody" },
            ...others.map((other) => ({ value: String(other.id), label: other.name })),
          ]}
        />
      ) : null}
    </AskDialog>
  );
}

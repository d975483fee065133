import { Alert, Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import classes from "./designer.module.css";
import { listDifferences } from "./form-fields.ts";
import type { Conflict, Designer } from "./use-designer.ts";

/** Two people changed the same template: both texts are there, and one person decides. */
export function ConflictNotice({ designer, conflict }: { designer: Designer; conflict: Conflict }) {
  const { data, form, isSaving, save, takeTheirs } = designer;
  const { template } = data;
  const who = conflict.editor ?? "Somebody else";
  const isTheirsHere = template.revision === conflict.revision;
  const differences = isTheirsHere ? listDifferences(form, template) : [];
  return (
    <Alert
      role="alert"
      color="yellow"
      variant="light"
      className={classes.conflict}
      classNames={{ title: classes.conflictTitle }}
      icon={<IconUsers size={20} stroke={1.75} aria-hidden />}
      title={`${who} changed this template${isTheirsHere && template.edited ? ` ${template.edited}` : ""}`}
    >
      <p>
        Your text is kept, and theirs is what is sent now.
        {differences.length > 0 ? ` The two differ in: ${differences.join(", ")}.` : ""} Whatever you choose, theirs
        stays among the versions.
      </p>
      <div className={classes.choices}>
        <Button size="xs" variant="default" disabled={!isTheirsHere} onClick={takeTheirs}>
          Take theirs, drop mine
        </Button>
        <Button size="xs" loading={isSaving} onClick={() => save(conflict.revision)}>
          Save mine over theirs
        </Button>
      </div>
    </Alert>
  );
}

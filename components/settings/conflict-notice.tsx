import { Alert, Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import type { FormValues, SettingsField, SettingsFormData } from "./settings-form-data.ts";
import classes from "./settings-forms.module.css";
import type { useSettingsForm } from "./use-settings-form.ts";

type Props = {
  form: SettingsFormData;
  editing: ReturnType<typeof useSettingsForm>;
  conflict: { message: string; theirs: FormValues };
};

/** Two people changed the same settings: both are there to be seen, and one person decides. */
export function ConflictNotice({ form, editing, conflict: { message, theirs } }: Props) {
  const { values, isSaving, saveOverTheirs, takeTheirs } = editing;
  const differing = form.fields.filter(({ name }) => values[name] !== theirs[name]);
  return (
    <Alert
      role="alert"
      color="yellow"
      variant="light"
      icon={<IconUsers size={20} stroke={1.75} aria-hidden />}
      title={<span className={classes.conflictTitle}>{message}</span>}
    >
      <dl className={classes.theirs}>
        {differing.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              Theirs: {print(field, theirs[field.name])} · Yours: {print(field, values[field.name])}
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={takeTheirs}>
          Take theirs, drop mine
        </Button>
        <Button size="xs" loading={isSaving} onClick={saveOverTheirs}>
          Save mine over theirs
        </Button>
      </div>
    </Alert>
  );
}

function print(field: SettingsField, value: string | boolean | undefined): string {
  if (typeof value === "boolean") {
    return value ? "on" : "off";
  }
  const chosen = field.kind === "choice" ? field.options.find((option) => option.value === value)?.label : undefined;
  return chosen ?? (value || "nothing");
}

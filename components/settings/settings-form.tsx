import { Button } from "@mantine/core";
import { useId } from "react";
import { PlainButton } from "../ui/plain-button.tsx";
import { Refusal } from "../ui/refusal.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { explainSettings } from "./explain-settings.ts";
import { FieldInput } from "./field-input.tsx";
import type { SaveSettings, SettingsFacts, SettingsFormData } from "./settings-form-data.ts";
import classes from "./settings-forms.module.css";
import { useSettingsForm } from "./use-settings-form.ts";

type Props = {
  form: SettingsFormData;
  facts: SettingsFacts;
  save: SaveSettings;
  onDirty: (isDirty: boolean) => void;
};

/** A group of settings. What a change would mean is said while it is typed. */
export function SettingsForm({ form, facts, save, onDirty }: Props) {
  const editing = useSettingsForm(form, save, onDirty);
  const { values, errors, refusal, conflict, isSaving, isDirty } = editing;
  const titleId = useId();
  const meaning = explainSettings(form.group, values, facts);
  const isSaidByField = form.fields.some(({ name }) => errors[name]);
  return (
    <section aria-labelledby={titleId} className={classes.group}>
      <div className={classes.head}>
        <h2 id={titleId}>{form.title}</h2>
        <p>{form.description}</p>
      </div>
      <form
        noValidate
        aria-labelledby={titleId}
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          void editing.save();
        }}
      >
        {form.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            error={errors[field.name]}
            onChange={(value) => editing.change(field.name, value)}
          />
        ))}
        {meaning ? (
          <p className={classes.meaning} aria-live="polite">
            {meaning}
          </p>
        ) : null}
        {conflict ? <ConflictNotice form={form} editing={editing} conflict={conflict} /> : null}
        {refusal && !isSaidByField ? <Refusal>{refusal}</Refusal> : null}
        {conflict ? null : (
          <div className={classes.buttons}>
            <Button type="submit" loading={isSaving} disabled={!isDirty}>
              Save
            </Button>
            {isDirty ? (
              <PlainButton look="quiet" onClick={editing.discard}>
                Discard changes
              </PlainButton>
            ) : null}
          </div>
        )}
      </form>
    </section>
  );
}

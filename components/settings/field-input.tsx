import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import type { SettingsField } from "./settings-form-data.ts";
import classes from "./settings-forms.module.css";

type Props = {
  field: SettingsField;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
};

export function FieldInput({ field, value, error, onChange }: Props) {
  const { name, label, description } = field;
  const shared = { name, label, description, error };
  const text = String(value);
  switch (field.kind) {
    case "switch":
      return (
        <Switch
          {...shared}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          withThumbIndicator={false}
        />
      );
    case "choice":
      return (
        <NativeSelect
          {...shared}
          value={text}
          data={field.options}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case "text":
      return (
        <Textarea
          {...shared}
          value={text}
          autosize
          minRows={2}
          maxRows={6}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case "time":
      return (
        <TextInput
          {...shared}
          type="time"
          className={classes.short}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case "line":
      return (
        <TextInput
          {...shared}
          inputMode={field.inputMode}
          className={field.inputMode === "numeric" ? classes.short : undefined}
          value={text}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}

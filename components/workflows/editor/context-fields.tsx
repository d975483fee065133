import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { IconButton } from "../../ui/plain-button.tsx";
import type { ContextValues } from "./draft.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";

type Props = {
  legend: string;
  hint: string;
  values: ContextValues;
  onChange: (values: ContextValues, key?: string) => void;
};

/** Values under names of the admin's own, for templates to say. */
export function ContextFields({ legend, hint, values, onChange }: Props) {
  const { mayEdit } = useEditor();
  const entries = Object.entries(values);
  const replace = (index: number, name: string, value: ContextValues[string]) =>
    Object.fromEntries(entries.with(index, [name, value]));
  const free = entries.findIndex((_, index) => !(`value_${index + 1}` in values));
  const freeName = `value_${(free < 0 ? entries.length : free) + 1}`;
  return (
    <fieldset className={classes.group} disabled={!mayEdit}>
      <legend>{legend}</legend>
      <p className={classes.hint}>{hint}</p>
      {entries.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its name is what is being edited
        <div key={index} className={classes.value}>
          <TextInput
            label="Name"
            value={name}
            maxLength={100}
            // Nothing of that name ever reaches a server, which could refuse it.
            error={name === "__proto__" ? "No value may be called that" : undefined}
            onChange={({ currentTarget }) => {
              const isTaken = entries.some(([other], at) => at !== index && other === currentTarget.value);
              if (!isTaken) {
                onChange(replace(index, currentTarget.value, value), `name ${index}`);
              }
            }}
          />
          <TextInput
            label="Value"
            value={value === null ? "" : String(value)}
            maxLength={2000}
            onChange={({ currentTarget }) => onChange(replace(index, name, currentTarget.value), `value ${index}`)}
          />
          <IconButton
            label="Remove"
            about={name}
            onClick={() => onChange(Object.fromEntries(entries.toSpliced(index, 1)))}
          >
            <IconX size={15} stroke={1.75} aria-hidden />
          </IconButton>
        </div>
      ))}
      {mayEdit ? (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
            onClick={() => onChange({ ...values, [freeName]: "" })}
          >
            Add a value
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

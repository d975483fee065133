import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import type { FieldForm } from "#engine/forms";
import { useEditor } from "./editor-context.ts";
import { type Problem, problemOf } from "./problems.ts";

type Props = {
  fields: FieldForm[];
  params: Record<string, unknown>;
  problems: Problem[];
  onChange: (params: Record<string, unknown>, field: string) => void;
};

/** A form as the definition of a trigger, action or condition describes it. */
export function ParamsFields({ fields, params, problems, onChange }: Props) {
  return fields.map((field) => (
    <ParamField
      key={field.name}
      field={field}
      value={params[field.name]}
      error={withoutLabel(problemOf(problems, field.name), field.label)}
      onChange={(value) => onChange(withValue(params, field.name, value), field.name)}
    />
  ));
}

const withoutLabel = (problem: string | undefined, label: string) =>
  problem?.startsWith(`${label}: `) ? capitalize(problem.slice(label.length + 2)) : problem;

const capitalize = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What is left empty is left out: its usual value holds then. */
function withValue(params: Record<string, unknown>, name: string, value: unknown) {
  const { [name]: _, ...others } = params;
  return value === undefined ? others : { ...others, [name]: value };
}

type FieldProps = { field: FieldForm; value: unknown; error?: string; onChange: (value: unknown) => void };

function ParamField({ field, value, error, onChange }: FieldProps) {
  const { mayEdit } = useEditor();
  const shared = { label: field.label, description: field.help, error, disabled: !mayEdit };
  if (field.kind === "pick" || field.kind === "choice") {
    return <PickField field={field} value={value} onChange={onChange} shared={shared} />;
  }
  if (field.kind === "boolean") {
    return (
      <Checkbox {...shared} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  }
  if (field.kind === "text") {
    const Input = (field.maxLength ?? 0) > 100 ? Textarea : TextInput;
    return (
      <Input
        {...shared}
        {...(Input === Textarea ? { autosize: true, minRows: 2 } : {})}
        value={typeof value === "string" ? value : ""}
        maxLength={field.maxLength}
        placeholder={typeof field.default === "string" ? field.default : undefined}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  return (
    <NumberInput
      {...shared}
      label={
        field.unit && !field.label.toLowerCase().includes(field.unit) ? `${field.label} (${field.unit})` : field.label
      }
      value={typeof value === "number" ? value : ""}
      min={field.minimum}
      max={field.maximum}
      step={field.kind === "integer" ? 1 : 0.05}
      allowDecimal={field.kind === "number"}
      clampBehavior="none"
      placeholder={field.default === undefined ? undefined : String(field.default)}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}

type Shared = { label: string; description?: string; error?: string; disabled: boolean };

function PickField({ field, value, onChange, shared }: Omit<FieldProps, "error"> & { shared: Shared }) {
  const { vocabulary } = useEditor();
  const options = field.pick
    ? vocabulary.picks[field.pick].map(({ id, name }) => ({ value: String(id), label: name }))
    : (field.options ?? []);
  const chosen = value === undefined || value === null ? "" : String(value);
  const isKnown = chosen === "" || options.some((option) => option.value === chosen);
  return (
    <NativeSelect
      {...shared}
      value={chosen}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        onChange(next === "" ? undefined : field.pick ? Number(next) : next);
      }}
    >
      <option value="">{field.isOptional ? "–" : "Choose…"}</option>
      {isKnown ? null : <option value={chosen}>{chosen} (gone)</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}

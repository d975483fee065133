import { Button, NativeSelect } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { IconButton } from "../../ui/plain-button.tsx";
import { beginEntry, changeType } from "./begin-entry.ts";
import classes from "./condition-fields.module.css";
import { formOf } from "./describe-draft.ts";
import type { DraftCondition } from "./draft.ts";
import { useEditor } from "./editor-context.ts";
import { ParamsFields } from "./params-fields.tsx";
import { type Problem, problemsWithin } from "./problems.ts";

type Props = {
  condition: DraftCondition;
  label: string;
  problems: Problem[];
  onChange: (condition: DraftCondition, key?: string) => void;
};

const combinations = [
  { value: "all", label: "All of these hold" },
  { value: "any", label: "One of these holds" },
  { value: "not", label: "This does not hold" },
] as const;

/** A condition, or several combined, as deep as somebody needs. */
export function ConditionFields({ condition, label, problems, onChange }: Props) {
  const { vocabulary, mayEdit } = useEditor();
  const { conditions } = vocabulary.forms;
  const chosen = "type" in condition ? condition.type : Object.keys(condition)[0];
  const form = "type" in condition ? formOf(conditions, condition.type) : undefined;

  function choose(value: string) {
    const inner = partsOf(condition);
    const next = formOf(conditions, value);
    if (next) {
      const first = inner[0];
      onChange(first && "type" in first ? changeType(first, next) : beginEntry(next));
    } else {
      onChange(value === "not" ? { not: inner[0] ?? condition } : ({ [value]: inner } as DraftCondition));
    }
  }

  return (
    <div className={classes.condition}>
      <NativeSelect
        label={label}
        description={form?.help}
        value={chosen}
        disabled={!mayEdit}
        error={ownProblem(problems)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {conditions.map(({ type, label }) => (
          <option key={type} value={type}>
            {label}
          </option>
        ))}
        <optgroup label="Several">
          {combinations.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </optgroup>
      </NativeSelect>
      {"type" in condition ? (
        <ParamsFields
          fields={form?.fields ?? []}
          params={condition.params}
          problems={problems}
          onChange={(params, field) => onChange({ ...condition, params }, field)}
        />
      ) : (
        <Parts condition={condition} problems={problems} onChange={onChange} />
      )}
    </div>
  );
}

type Combined = Exclude<DraftCondition, { type: string }>;

function Parts({ condition, problems, onChange }: { condition: Combined } & Pick<Props, "problems" | "onChange">) {
  const { vocabulary, mayEdit } = useEditor();
  const [first] = vocabulary.forms.conditions;
  if ("not" in condition) {
    return (
      <div className={classes.parts}>
        <ConditionFields
          condition={condition.not}
          label="What must not hold"
          problems={problemsWithin(problems, "not")}
          onChange={(not, key) => onChange({ not }, key)}
        />
      </div>
    );
  }
  const key = "all" in condition ? "all" : "any";
  const parts = partsOf(condition);
  const withParts = (next: DraftCondition[]) => ({ [key]: next }) as DraftCondition;
  return (
    <div className={classes.parts}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity, and their fields no state of their own
        <div key={index} className={classes.part}>
          <ConditionFields
            condition={part}
            label={`Condition ${index + 1}`}
            problems={problemsWithin(problems, `${key}.${index}`)}
            onChange={(next, field) => onChange(withParts(parts.with(index, next)), field && `${index}.${field}`)}
          />
          {parts.length > 1 && mayEdit ? (
            <IconButton
              label="Remove"
              about={`condition ${index + 1}`}
              className={classes.remove}
              onClick={() => onChange(withParts(parts.toSpliced(index, 1)))}
            >
              <IconX size={15} stroke={1.75} aria-hidden />
            </IconButton>
          ) : null}
        </div>
      ))}
      {first && mayEdit ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
          onClick={() => onChange(withParts([...parts, beginEntry(first)]))}
        >
          Add a condition
        </Button>
      ) : null}
    </div>
  );
}

function partsOf(condition: DraftCondition): DraftCondition[] {
  if ("all" in condition) {
    return condition.all;
  }
  if ("any" in condition) {
    return condition.any;
  }
  return "not" in condition ? [condition.not] : [condition];
}

/** What is wrong with the choice itself, not with what it was given. */
const ownProblem = (problems: Problem[]) => problems.find(({ path }) => path === "" || path === "type")?.message;

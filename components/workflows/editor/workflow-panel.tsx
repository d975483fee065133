import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { IconButton } from "../../ui/plain-button.tsx";
import { beginEntry } from "./begin-entry.ts";
import conditionClasses from "./condition-fields.module.css";
import { ConditionFields } from "./condition-fields.tsx";
import { ContextFields } from "./context-fields.tsx";
import type { Draft } from "./draft.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";
import { ProblemList } from "./problem-list.tsx";
import { problemsWithin } from "./problems.ts";

/** Those that say themselves what is wrong with them. */
const ownFields = new Set(["name", "description", "cooldownPeriodDays"]);

export function WorkflowPanel() {
  const { state, send, problems, mayEdit } = useEditor();
  const draft = state.history.present;
  const found = problems.get("workflow") ?? [];
  const errorOf = (field: string) => found.find(({ path }) => path === field)?.message;
  const edit = (change: Partial<Draft>, key?: string) => send({ do: "edit", change, key });
  return (
    <div className={classes.form}>
      <div className={classes.heading}>
        <h2>Workflow</h2>
      </div>
      <ProblemList problems={found.filter(({ path }) => !ownFields.has(path))} />
      <TextInput
        label="Name"
        value={draft.name}
        maxLength={100}
        error={errorOf("name")}
        disabled={!mayEdit}
        onChange={(event) => edit({ name: event.currentTarget.value }, "name")}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        value={draft.description}
        maxLength={2000}
        error={errorOf("description")}
        disabled={!mayEdit}
        onChange={(event) => edit({ description: event.currentTarget.value }, "description")}
      />
      <NumberInput
        label="Cooldown (days)"
        description="How long the workflow leaves a member alone after it started for them."
        value={draft.cooldownPeriodDays ?? ""}
        min={0}
        max={3650}
        allowDecimal={false}
        clampBehavior="none"
        error={errorOf("cooldownPeriodDays")}
        disabled={!mayEdit}
        onChange={(days) => edit({ cooldownPeriodDays: typeof days === "number" ? days : null }, "cooldown")}
      />
      <ExitConditions />
      <ContextFields
        legend="Values"
        hint="What all templates of this workflow may say, beside what is known of the member."
        values={draft.context}
        onChange={(context, key) => edit({ context }, key && `context ${key}`)}
      />
    </div>
  );
}

function ExitConditions() {
  const { state, send, vocabulary, problems, mayEdit } = useEditor();
  const { exitWhen } = state.history.present;
  const [first] = vocabulary.forms.conditions;
  const edit = (next: Draft["exitWhen"], key?: string) => send({ do: "edit", change: { exitWhen: next }, key });
  return (
    <fieldset className={classes.group}>
      <legend>Ends early when</legend>
      <p className={classes.hint}>Asked before every step and every message. One that holds is enough.</p>
      {exitWhen.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity, and their fields no state of their own
        <div key={index} className={conditionClasses.part}>
          <ConditionFields
            condition={condition}
            label={`Exit condition ${index + 1}`}
            problems={problemsWithin(problems.get("workflow") ?? [], `exit_when.${index}`)}
            onChange={(next, key) => edit(exitWhen.with(index, next), key && `exit ${index} ${key}`)}
          />
          {mayEdit ? (
            <IconButton
              label="Remove"
              about={`exit condition ${index + 1}`}
              className={conditionClasses.remove}
              onClick={() => edit(exitWhen.toSpliced(index, 1))}
            >
              <IconX size={15} stroke={1.75} aria-hidden />
            </IconButton>
          ) : null}
        </div>
      ))}
      {first && mayEdit ? (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
            onClick={() => edit([...exitWhen, beginEntry(first)])}
          >
            Add a condition
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

import { NumberInput } from "@mantine/core";
import { ConditionFields } from "./condition-fields.tsx";
import { ContextFields } from "./context-fields.tsx";
import { formOf, titleOf } from "./describe-draft.ts";
import type { DraftStep, Wait } from "./draft.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";
import { ParamsFields } from "./params-fields.tsx";
import { ProblemList } from "./problem-list.tsx";
import { type Problem, problemsOfStep, problemsWithin } from "./problems.ts";
import { describeNumbers, describeSkipped } from "./step-numbers.ts";

export function StepPanel({ step }: { step: DraftStep }) {
  const { send, vocabulary, problems, numbers } = useEditor();
  const found = problems.get(step.id) ?? [];
  const own = problemsOfStep(found);
  const figures = numbers[step.id];
  const edit = (next: DraftStep, field?: string) =>
    send({ do: "edit step", step: next, ...(field === undefined ? {} : { key: `${step.id}.${field}` }) });
  return (
    <div className={classes.form}>
      <div className={classes.heading}>
        <h2>{titleOf(step, vocabulary)}</h2>
        <p>{helpOf(step, vocabulary.forms.actions)}</p>
      </div>
      <ProblemList problems={found} />
      <Fields step={step} problems={own} edit={edit} />
      {"action" in step ? (
        <ContextFields
          legend="Values for this step"
          hint="What templates may say here, beside the workflow's own values."
          values={step.context ?? {}}
          onChange={(context, key) => edit({ ...step, context }, key)}
        />
      ) : null}
      {figures ? (
        <fieldset className={classes.group}>
          <legend>Last 30 days</legend>
          <p className={classes.hint}>{describeNumbers(figures) || "Nobody came by yet."}</p>
          {describeSkipped(figures) ? <p className={classes.hint}>Skipped: {describeSkipped(figures)}</p> : null}
        </fieldset>
      ) : null}
    </div>
  );
}

type FieldsProps = { step: DraftStep; problems: Problem[]; edit: (step: DraftStep, field?: string) => void };

function Fields({ step, problems, edit }: FieldsProps) {
  const { vocabulary } = useEditor();
  if ("wait" in step) {
    return <WaitFields wait={step.wait} onChange={(wait, unit) => edit({ ...step, wait }, unit)} />;
  }
  if ("branch" in step) {
    return (
      <ConditionFields
        condition={step.branch.if}
        label="Yes, if"
        problems={problemsWithin(problems, "branch.if")}
        onChange={(condition, field) => edit({ ...step, branch: { ...step.branch, if: condition } }, field)}
      />
    );
  }
  const { action } = step;
  return (
    <ParamsFields
      fields={formOf(vocabulary.forms.actions, action.type)?.fields ?? []}
      params={action.params}
      problems={problemsWithin(problems, "action")}
      onChange={(params, field) => edit({ ...step, action: { ...action, params } }, field)}
    />
  );
}

function WaitFields({ wait, onChange }: { wait: Wait; onChange: (wait: Wait, unit: string) => void }) {
  const { vocabulary, mayEdit } = useEditor();
  return (
    <>
      <div className={classes.wait}>
        {vocabulary.forms.wait.map(({ name, label, maximum }) => (
          <NumberInput
            key={name}
            label={label}
            value={wait[name as keyof Wait] ?? ""}
            min={0}
            max={maximum}
            allowDecimal={false}
            clampBehavior="none"
            disabled={!mayEdit}
            onChange={(next) => {
              const { [name as keyof Wait]: _, ...others } = wait;
              onChange(typeof next === "number" && next > 0 ? { ...others, [name]: next } : others, name);
            }}
          />
        ))}
      </div>
      <p className={classes.hint}>
        Days end at the same time of day that many days later; hours and minutes are elapsed time.
      </p>
    </>
  );
}

function helpOf(step: DraftStep, forms: Parameters<typeof formOf>[0]): string {
  if ("wait" in step) {
    return "The member waits here. Whoever meets an exit condition meanwhile leaves the workflow.";
  }
  return "branch" in step
    ? "Members go one way or the other, and on together below."
    : (formOf(forms, step.action.type)?.help ?? "This step is unknown here. Delete it, or ask who set it up.");
}

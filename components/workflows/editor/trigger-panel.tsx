import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { changeType } from "./begin-entry.ts";
import { formOf } from "./describe-draft.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";
import { ParamsFields } from "./params-fields.tsx";
import { ProblemList } from "./problem-list.tsx";
import { problemsWithin } from "./problems.ts";

export function TriggerPanel({ audience }: { audience: ReactNode }) {
  const { state, send, vocabulary, problems, mayEdit } = useEditor();
  const { trigger } = state.history.present;
  const { triggers } = vocabulary.forms;
  const form = formOf(triggers, trigger.type);
  const found = problems.get("trigger") ?? [];
  const choose = (type: string) => {
    const next = formOf(triggers, type);
    if (next) {
      send({ do: "edit", change: { trigger: changeType(trigger, next) } });
    }
  };
  return (
    <div className={classes.form}>
      <div className={classes.heading}>
        <h2>Trigger</h2>
        <p>When the workflow starts for a member.</p>
      </div>
      <ProblemList problems={found} />
      <NativeSelect
        label="Starts when a member…"
        description={form?.help}
        value={trigger.type}
        disabled={!mayEdit}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {form ? null : <option value={trigger.type}>{trigger.type || "Choose…"}</option>}
        {triggers.map(({ type, label }) => (
          <option key={type} value={type}>
            {label}
          </option>
        ))}
      </NativeSelect>
      <ParamsFields
        fields={form?.fields ?? []}
        params={trigger.params}
        problems={problemsWithin(found, "trigger")}
        onChange={(params, field) =>
          send({ do: "edit", change: { trigger: { ...trigger, params } }, key: `trigger.${field}` })
        }
      />
      {audience}
      {form?.facts && form.facts.length > 0 ? (
        <fieldset className={classes.group}>
          <legend>What messages can say about it</legend>
          <p className={classes.hint}>
            {form.facts.map(({ name, label, sample }) => `{{ ${name} }} – ${label}, such as ${sample}`).join("; ")}
          </p>
        </fieldset>
      ) : null}
    </div>
  );
}

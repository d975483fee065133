import { Button, TextInput } from "@mantine/core";
import { channelNames } from "#lib/template-texts";
import { BackLink } from "../../ui/back-link.tsx";
import { WordButton } from "../../ui/plain-button.tsx";
import { Tone } from "../../ui/tone.tsx";
import classes from "./designer.module.css";
import { TestButton } from "./test-button.tsx";
import type { Designer } from "./use-designer.ts";
import { VersionsButton } from "./versions-button.tsx";

/** What it is, how it stands, and the way to save it. */
export function DesignerHeader({ designer }: { designer: Designer }) {
  const { data, form, isEditable, isSaving, isDirty, setName, save, refusal, notice } = designer;
  const { template, senders } = data;
  const channel = channelNames[form.content.channel];
  return (
    <header className={classes.header}>
      <BackLink href="/admin/templates">Templates</BackLink>
      <h1 className={classes.heading}>{template.id === null ? `New template: ${channel}` : `Template: ${channel}`}</h1>
      <div className={classes.bar}>
        <TextInput
          label="Name"
          description="For the team; members never see it."
          className={classes.name}
          value={form.name}
          maxLength={100}
          readOnly={!isEditable}
          error={refusal?.fields.name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <div className={classes.buttons}>
          {template.id === null ? null : <VersionsButton designer={designer} />}
          {form.content.channel === "email" && isEditable ? <TestButton designer={designer} /> : null}
          {isEditable ? (
            <Button onClick={() => save()} loading={isSaving} disabled={!isDirty && template.id !== null}>
              Save
            </Button>
          ) : null}
        </div>
      </div>
      <p className={classes.state}>
        <State designer={designer} />
        {senders.length > 0 ? <span>Sent by {senders.map(({ name }) => name).join(", ")}</span> : null}
      </p>
      <div role="status" className={classes.notice}>
        {notice}
      </div>
    </header>
  );
}

function State({ designer: { data, isDirty, isRestored, isEditable, takeTheirs } }: { designer: Designer }) {
  const { template } = data;
  if (template.isArchived) {
    return <Tone tone="wait">Archived</Tone>;
  }
  if (!isDirty && !template.edited) {
    return <Tone tone="wait">Nothing to save yet</Tone>;
  }
  if (!isDirty) {
    const by = template.editor ? ` by ${template.editor}` : "";
    return <Tone tone="good">{`Saved ${template.edited}${by}`}</Tone>;
  }
  return (
    <>
      <Tone tone="warn">{isRestored ? "Your unsaved changes from before are back" : "Not saved yet"}</Tone>
      {isEditable ? <WordButton onClick={takeTheirs}>Discard changes</WordButton> : null}
    </>
  );
}

import { Button, Checkbox, Modal, Radio } from "@mantine/core";
import { useState } from "react";
import type { PublishPreview } from "#engine/editing/preview-publish";
import { Answered } from "../../ui/answered.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { titleOf } from "./describe-draft.ts";
import classes from "./dialogs.module.css";
import { findStep } from "./edit-steps.ts";
import type { EditorActions } from "./editor-actions.ts";
import { useEditor } from "./editor-context.ts";
import { groupProblems, type Problem } from "./problems.ts";

type Props = {
  workflowId: number;
  actions: EditorActions;
  isOpen: boolean;
  close: () => void;
  publish: (includeCurrent: boolean) => Promise<string | null>;
};

export function PublishDialog({ workflowId, actions, isOpen, close, publish }: Props) {
  return (
    <Modal opened={isOpen} onClose={close} title="Publish">
      <Answered
        question={["publish", workflowId]}
        ask={() => actions.previewPublish({ workflowId })}
        waiting="Looking what would change…"
        height="8rem"
      >
        {(preview) => <Question preview={preview} close={close} publish={publish} />}
      </Answered>
    </Modal>
  );
}

function Question({ preview, close, publish }: Pick<Props, "close" | "publish"> & { preview: PublishPreview }) {
  const { changes, problems, runsInWords, isFirst, asksForCurrent, asksForNoCooldown } = preview;
  const [choice, setChoice] = useState("future");
  const [isSure, setSure] = useState(false);
  const [isPublishing, setPublishing] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <form
      className={classes.body}
      onSubmit={async (event) => {
        event.preventDefault();
        setPublishing(true);
        setRefusal(await publish(choice === "current"));
        setPublishing(false);
      }}
    >
      {problems.length > 0 ? (
        <Problems problems={problems} />
      ) : isFirst ? (
        <p>It becomes version 1, and stays off until you switch it on.</p>
      ) : (
        <>
          <div>
            <p>{changes.length > 0 ? "This changes:" : "Nothing changes."}</p>
            <ul>
              {changes.map(({ words }) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </div>
          <p className={classes.hint}>{runsInWords}</p>
        </>
      )}
      {asksForCurrent ? (
        <Radio.Group value={choice} onChange={setChoice} label="The trigger is another one. Start it for">
          <div className={classes.choices}>
            <Radio
              value="future"
              label="Only from now on"
              description="Whoever matches today is left alone until they match again."
            />
            <Radio value="current" label="Also those who match now" description="They start within a minute." />
          </div>
        </Radio.Group>
      ) : null}
      {asksForNoCooldown ? (
        <Checkbox
          checked={isSure}
          onChange={(event) => setSure(event.currentTarget.checked)}
          label="It may start for the same member every day"
          description="The cooldown is 0 days: nothing but the trigger itself holds it back."
        />
      ) : null}
      {refusal ? <Refusal>{refusal}</Refusal> : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          type="submit"
          loading={isPublishing}
          disabled={problems.length > 0 || (asksForNoCooldown && !isSure)}
          data-autofocus
        >
          Publish
        </Button>
      </div>
    </form>
  );
}

/** Each with whose it is. */
function Problems({ problems }: { problems: Problem[] }) {
  const { state, vocabulary } = useEditor();
  const { steps } = state.history.present;
  const told = [...groupProblems(problems, steps)].flatMap(([owner, found]) => {
    const step = typeof owner === "number" ? findStep(steps, owner) : undefined;
    const name = step ? `${titleOf(step, vocabulary)} – ` : owner === "trigger" ? "Trigger – " : "";
    return found.map(({ message }) => `${name}${message}`);
  });
  return (
    <Refusal title="Put this right first">
      <ul>
        {[...new Set(told)].map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Refusal>
  );
}

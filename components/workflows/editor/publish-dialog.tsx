import { Alert, Button, Modal, Radio, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unreachable } from "../unreachable.ts";
import classes from "./dialogs.module.css";
import type { EditorActions } from "./editor-actions.ts";

type Props = {
  workflowId: number;
  actions: EditorActions;
  isOpen: boolean;
  close: () => void;
  publish: (includeCurrent: boolean) => Promise<string | null>;
};

export function PublishDialog({ isOpen, close, ...props }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Publish"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: classes.title }}
      centered
    >
      <Question {...props} close={close} />
    </Modal>
  );
}

/** Lives as long as the dialog is open, so that each opening asks what would change now. */
function Question({ workflowId, actions, close, publish }: Omit<Props, "isOpen">) {
  const [choice, setChoice] = useState("future");
  const [isPublishing, setPublishing] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ["publish", workflowId],
    gcTime: 0,
    queryFn: async () => {
      const answer = await actions.previewPublish({ workflowId }).catch(() => unreachable);
      if (!answer.ok) {
        throw new Error(answer.message);
      }
      return answer.data;
    },
  });
  if (error) {
    return (
      <Alert color="red" variant="light" role="alert">
        {error.message}
      </Alert>
    );
  }
  if (!data) {
    return <Skeleton height="8rem" aria-label="Looking what would change…" />;
  }
  const { changes, problems, runsInWords, asksForCurrent } = data;
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
        <Alert color="red" variant="light" role="alert" title="Put this right first">
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <div>
        <p>{changes.length > 0 ? "This changes:" : "Nothing changes."}</p>
        <ul>
          {changes.map(({ words }) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </div>
      <p className={classes.hint}>{runsInWords}</p>
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
      {refusal ? (
        <Alert color="red" variant="light" role="alert">
          {refusal}
        </Alert>
      ) : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={isPublishing} disabled={problems.length > 0} data-autofocus>
          Publish
        </Button>
      </div>
    </form>
  );
}

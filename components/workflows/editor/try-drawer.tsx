import { Alert, Button, Drawer, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FoundMember } from "#db/queries/find-members";
import { MemberPicker } from "../../members/member-picker.tsx";
import { callAction } from "../../ui/call-action.ts";
import classes from "./dialogs.module.css";
import type { Draft } from "./draft.ts";
import type { EditorActions, Trying } from "./editor-actions.ts";
import { TrialResult } from "./trial-result.tsx";

type Props = {
  workflowId: number;
  draft: Draft;
  /** The gym's day. */
  today: string;
  actions: EditorActions;
  isOpen: boolean;
  close: () => void;
};

export function TryDrawer({ isOpen, close, ...props }: Props) {
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size="lg"
      title="Try it"
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: classes.title }}
    >
      <Trial {...props} />
    </Drawer>
  );
}

/** Goes through the draft for one member on one day, and writes nothing. */
function Trial({ workflowId, draft, today, actions }: Omit<Props, "isOpen" | "close">) {
  const [member, setMember] = useState<FoundMember | null>(null);
  const [date, setDate] = useState(today);
  const trial = useMutation({
    mutationFn: async (tried: Trying) => {
      const answer = await callAction(actions.tryIt(tried));
      if (!answer.ok) {
        throw new Error(answer.message);
      }
      return { tried, result: answer.data };
    },
  });
  return (
    <div className={classes.body}>
      <p className={classes.hint}>
        See what this draft would do for a member on a day. They get nothing and nothing is changed.
      </p>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (member) {
            trial.mutate({ workflowId, draft, memberId: member.id, date });
          }
        }}
      >
        <MemberPicker member={member} onChoose={setMember} label="Member" data-autofocus />
        <TextInput
          type="date"
          label="On"
          value={date}
          required
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" disabled={!member} loading={trial.isPending}>
            Try it
          </Button>
        </div>
      </form>
      {trial.error ? (
        <Alert color="red" variant="light" role="alert">
          {trial.error.message}
        </Alert>
      ) : null}
      {trial.data ? (
        <TrialResult trial={trial.data.result} tried={trial.data.tried} sendTest={actions.sendTest} />
      ) : null}
    </div>
  );
}

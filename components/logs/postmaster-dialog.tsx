import { Button, Modal, TextInput } from "@mantine/core";
import { useActionState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import dialog from "../ui/dialog.module.css";
import classes from "./complaint-watch.module.css";

export type EnterFigure = (input: { percent: string; readOn: string }) => Promise<ActionResult<unknown>>;

type Props = { isOpen: boolean; close: () => void; today: string; enterFigure: EnterFigure };

/** Where an admin writes down what Google says of the gym's mail, which it tells nowhere but on its own page. */
export function PostmasterDialog({ isOpen, close, ...props }: Props) {
  return (
    <Modal opened={isOpen} onClose={close} title="Google's spam rate">
      <FigureForm {...props} close={close} />
    </Modal>
  );
}

type State = { values: { percent: string; readOn: string }; message: string; fields: Record<string, string> };

/** Lives as long as the dialog is open, so that each opening begins anew. */
function FigureForm({ close, today, enterFigure }: Omit<Props, "isOpen">) {
  const [{ values, message, fields }, submit, isPending] = useActionState(
    async (_before: State, form: FormData): Promise<State> => {
      const text = (name: string) => String(form.get(name) ?? "");
      const given = { percent: text("percent"), readOn: text("readOn") };
      const answer = await callAction(enterFigure(given));
      if (answer.ok) {
        close();
      }
      return answer.ok ? { values: given, message: "", fields: {} } : { values: given, ...answer };
    },
    { values: { percent: "", readOn: today }, message: "", fields: {} },
  );
  return (
    <form action={submit} noValidate className={classes.form}>
      <p>
        Gmail reports no single complaint to anybody. Google's Postmaster Tools show the share of your mail that was
        marked as spam; what you enter here counts for seven days.
      </p>
      {message && Object.keys(fields).length === 0 ? <p role="alert">{message}</p> : null}
      <TextInput
        label="Spam rate in percent"
        name="percent"
        inputMode="decimal"
        autoComplete="off"
        placeholder="0.05"
        defaultValue={values.percent}
        error={fields.percent}
        data-autofocus
      />
      <TextInput label="Read on" name="readOn" type="date" defaultValue={values.readOn} error={fields.readOn} />
      <div className={dialog.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={isPending}>
          Save figure
        </Button>
      </div>
    </form>
  );
}

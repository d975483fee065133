import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useActionState, useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../../ui/call-action.ts";
import classes from "./form-dialog.module.css";

export type FormField = {
  name: string;
  label: string;
  description?: string;
  initial?: string;
} & (
  | { kind: "line"; inputMode?: "decimal" | "numeric" }
  | { kind: "text" }
  | { kind: "day" }
  | { kind: "choice"; options: { value: string; label: string }[] }
);

export type SentForm = { token: string; text: (name: string) => string; number: (name: string) => number };

type Props<Data> = {
  title: string;
  /** What should be known before anything is filled in. */
  intro?: ReactNode;
  fields: FormField[];
  submitLabel: string;
  /** What it does cannot be undone. */
  isFinal?: boolean;
  send: (form: SentForm) => Promise<ActionResult<Data>>;
  onDone: (data: Data) => void;
  close: () => void;
};

/** Asks for a few values and sends them, once however often it is pressed. What is refused stays to be corrected. */
export function FormDialog<Data>({ title, close, ...props }: Props<Data>) {
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: classes.title }}
      centered
    >
      <Form {...props} close={close} />
    </Modal>
  );
}

type State = { values: Record<string, string>; message: string; errors: Record<string, string> };

function Form<Data>({ intro, fields, submitLabel, isFinal, send, onDone, close }: Omit<Props<Data>, "title">) {
  const [token] = useState(() => crypto.randomUUID());
  const [state, submit, isPending] = useActionState(
    async (_before: State, form: FormData): Promise<State> => {
      const text = (name: string) => String(form.get(name) ?? "").trim();
      // What is no number is for the server to refuse, in the words that it has for it.
      const number = (name: string) => (text(name) === "" ? Number.NaN : Number(text(name)));
      const values = Object.fromEntries(fields.map(({ name }) => [name, text(name)]));
      const answer = await callAction(send({ token, text, number }));
      if (answer.ok) {
        onDone(answer.data);
        return { values, message: "", errors: {} };
      }
      return { values, message: answer.message, errors: answer.fields };
    },
    { values: {}, message: "", errors: {} },
  );
  const isSaidByField = fields.some(({ name }) => state.errors[name]);
  return (
    <form action={submit} noValidate className={classes.form}>
      {intro}
      {state.message && !isSaidByField ? (
        <p role="alert" className={classes.refusal}>
          {state.message}
        </p>
      ) : null}
      {fields.map((field, index) => (
        <Field
          key={field.name}
          field={field}
          value={state.values[field.name] ?? field.initial ?? ""}
          error={state.errors[field.name]}
          isFirst={index === 0}
        />
      ))}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" color={isFinal ? "red.9" : undefined} loading={isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

type FieldProps = { field: FormField; value: string; error: string | undefined; isFirst: boolean };

function Field({ field, value, error, isFirst }: FieldProps) {
  const { name, label, description } = field;
  const shared = { name, label, description, error, "data-autofocus": isFirst || undefined };
  switch (field.kind) {
    case "choice":
      // A select forgets its default when the form is reset after sending; a new one begins with it.
      return <NativeSelect key={value} {...shared} defaultValue={value} data={field.options} />;
    case "text":
      return <Textarea {...shared} defaultValue={value} autosize minRows={2} maxRows={8} />;
    case "day":
      return <TextInput {...shared} type="date" defaultValue={value} />;
    case "line":
      return <TextInput {...shared} defaultValue={value} inputMode={field.inputMode} autoComplete="off" />;
  }
}

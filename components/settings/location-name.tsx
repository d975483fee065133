import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { useToast } from "../ui/toast.tsx";
import classes from "./settings-forms.module.css";

type Props = {
  label: string;
  initial: string;
  button: string;
  send: (name: string) => Promise<ActionResult<null>>;
  /** What to say then. */
  done: (name: string) => string;
};

export function LocationName({ label, initial, button, send, done }: Props) {
  const [name, setName] = useState(initial);
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const show = useToast();
  const router = useRouter();

  async function submit() {
    setPending(true);
    const answer = await callAction(send(name));
    setPending(false);
    setError(answer.ok ? null : (answer.fields.name ?? answer.message));
    if (answer.ok) {
      show({ message: done(name.trim()) });
    }
    router.refresh();
  }

  return (
    <form
      noValidate
      className={classes.location}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        aria-label={label}
        placeholder={initial === "" ? label : undefined}
        value={name}
        error={error}
        autoComplete="off"
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={isPending} disabled={name.trim() === initial}>
        {button}
      </Button>
    </form>
  );
}

"use client";

import { Alert, Button, Divider, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { goTo } from "./go-to.ts";

type Props = {
  /** Where to after signing in; empty for the person's own start page. */
  next: string;
  signInWithPassword: (input: {
    email: string;
    password: string;
    next: string;
  }) => Promise<ActionResult<{ to: string }>>;
  requestLink: (input: { email: string }) => Promise<ActionResult<null>>;
};

type State = { email: string; message: string; fields: Record<string, string> };

export function SignInForm({ next, signInWithPassword, requestLink }: Props) {
  const router = useRouter();
  const [state, submit, isPending] = useActionState(
    async (_before: State, form: FormData): Promise<State> => {
      const email = String(form.get("email") ?? "");
      const nothing = { email, message: "", fields: {} };
      if (form.get("way") === "link") {
        const result = await callAction(requestLink({ email }));
        if (!result.ok) {
          return { email, ...result };
        }
        router.push("/sign-in/link-sent");
        return nothing;
      }
      const result = await callAction(
        signInWithPassword({ email, password: String(form.get("password") ?? ""), next }),
      );
      if (!result.ok) {
        return { email, ...result };
      }
      return goTo(result.data.to);
    },
    { email: "", message: "", fields: {} },
  );

  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.message) {
      password.current?.focus();
    }
  }, [state]);

  return (
    <Paper withBorder radius="md" p={{ base: "lg", xs: "xl" }}>
      <form action={submit} noValidate>
        <Stack>
          <Title order={1}>Sign in</Title>
          {state.message && (
            <Alert color="red" role="alert">
              {state.message}
            </Alert>
          )}
          <TextInput
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={state.email}
            error={state.fields.email}
            autoFocus
          />
          <PasswordInput
            ref={password}
            label="Password"
            name="password"
            autoComplete="current-password"
            error={state.fields.password}
          />
          <Button type="submit" name="way" value="password" loading={isPending} fullWidth>
            Sign in
          </Button>
          <Divider label="or" />
          <Button type="submit" name="way" value="link" variant="default" disabled={isPending} fullWidth>
            Email me a link
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

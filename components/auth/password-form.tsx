"use client";

import { Alert, Anchor, Button, Group, Paper, PasswordInput, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import { useActionState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { goTo } from "./go-to.ts";

type Props = {
  email: string;
  hasPassword: boolean;
  /** Where this person starts. */
  home: Route;
  setPassword: (input: { current: string; password: string }) => Promise<ActionResult<{ to: string }>>;
};

type State = { message: string; fields: Record<string, string> };

export function PasswordForm({ email, hasPassword, home, setPassword }: Props) {
  const [state, submit, isPending] = useActionState(
    async (_before: State, form: FormData): Promise<State> => {
      const text = (name: string) => String(form.get(name) ?? "");
      if (text("password") !== text("again")) {
        return { message: "", fields: { again: "The two are not the same." } };
      }
      const result = await callAction(setPassword({ current: text("current"), password: text("password") }));
      return result.ok ? goTo(result.data.to) : result;
    },
    { message: "", fields: {} },
  );
  const isAboutField = Object.keys(state.fields).length > 0;

  return (
    <Paper withBorder radius="md" p={{ base: "lg", xs: "xl" }}>
      <form action={submit} noValidate>
        <Stack>
          <Title order={1}>{hasPassword ? "Change your password" : "Choose a password"}</Title>
          <Text size="sm" c="dimmed">
            Eight characters or more; a few words in a row are good. You will be signed out everywhere else.
          </Text>
          {state.message && !isAboutField && (
            <Alert color="red" role="alert">
              {state.message}
            </Alert>
          )}
          <VisuallyHidden>
            <input
              type="text"
              name="username"
              aria-label="Account"
              autoComplete="username"
              value={email}
              readOnly
              tabIndex={-1}
            />
          </VisuallyHidden>
          {hasPassword && (
            <PasswordInput
              label="Current password"
              name="current"
              autoComplete="current-password"
              error={state.fields.current}
            />
          )}
          <PasswordInput
            label="New password"
            name="password"
            autoComplete="new-password"
            error={state.fields.password}
          />
          <PasswordInput
            label="New password, again"
            name="again"
            autoComplete="new-password"
            error={state.fields.again}
          />
          <Group justify="space-between">
            <Anchor component={Link} href={home}>
              {hasPassword ? "Cancel" : "Not now"}
            </Anchor>
            <Button type="submit" loading={isPending}>
              Save password
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

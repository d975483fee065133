"use client";

import { Alert, Anchor, Button, Paper, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { goTo } from "./go-to.ts";

type Props = {
  token: string;
  signInWithLink: (input: { token: string }) => Promise<ActionResult<{ to: string }>>;
};

export function ConfirmLinkForm({ token, signInWithLink }: Props) {
  const [message, submit, isPending] = useActionState(async () => {
    const result = await callAction(signInWithLink({ token }));
    return result.ok ? goTo(result.data.to) : result.message;
  }, "");

  return (
    <Paper withBorder radius="md" p={{ base: "lg", xs: "xl" }}>
      <form action={submit}>
        <Stack>
          <Title order={1}>Sign in</Title>
          {message ? (
            <>
              <Alert color="red" role="alert">
                {message}
              </Alert>
              <Anchor component={Link} href="/sign-in">
                Ask for a new link
              </Anchor>
            </>
          ) : (
            <>
              <Text>You came here by a link that we sent you. Press the button to sign in on this device.</Text>
              <Button type="submit" loading={isPending} fullWidth autoFocus>
                Sign in
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Paper>
  );
}

"use client";

import { Alert, Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useActionState } from "react";
import type { ActionResult } from "#lib/action-result";

type Props = {
  /** Null when the link is not one of ours. */
  token: string | null;
  unsubscribe: (input: { token: string }) => Promise<ActionResult<void>>;
};

export function UnsubscribeForm({ token, unsubscribe }: Props) {
  const [result, submit, isPending] = useActionState<ActionResult<void> | null>(
    async () => (token === null ? null : unsubscribe({ token })),
    null,
  );

  return (
    <Paper withBorder radius="md" p={{ base: "lg", xs: "xl" }}>
      <Stack aria-live="polite">
        <Title order={1}>{result?.ok ? "Done" : "Unsubscribe"}</Title>
        {token === null && (
          <Text>This link is not complete. Open it from the email again, or ask us at the front desk.</Text>
        )}
        {token !== null && result?.ok && (
          <Text>You get no more news and offers by email. Messages about your membership still reach you.</Text>
        )}
        {token !== null && !result?.ok && (
          <form action={submit}>
            <Stack>
              {result && (
                <Alert color="red" role="alert">
                  {result.message}
                </Alert>
              )}
              <Text>Stop news and offers by email? Messages about your membership still reach you.</Text>
              <Button type="submit" loading={isPending} fullWidth>
                Yes, unsubscribe me
              </Button>
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  );
}

import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import type { Metadata } from "next";
import { signInLinkMinutes } from "#messaging/sign-in-mail";
import { definePublicPage } from "../../../_server/page-guard.ts";

export const metadata: Metadata = { title: "Check your inbox" };

export default definePublicPage("It says the same to everybody.", () => (
  <Paper withBorder radius="md" p="xl">
    <Stack align="center" gap="sm" ta="center">
      <IconMailCheck size={40} stroke={1.5} aria-hidden />
      <Title order={1}>Check your inbox</Title>
      <Text>
        If this address belongs to an account, a link to sign in is on its way. It works once, for {signInLinkMinutes}{" "}
        minutes.
      </Text>
      <Text size="sm" c="dimmed">
        Nothing there? Look into your spam folder, or try the address that your gym knows you by.
      </Text>
      <Anchor href="/sign-in">Back to sign in</Anchor>
    </Stack>
  </Paper>
));

import { Center, Stack, Text } from "@mantine/core";
import { readGym } from "#db/queries/gym";
import { getDb } from "../_server/db.ts";

export default async function AuthLayout({ children }: { children: React.ReactNode }) {
  const { name } = await readGym(getDb());
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420} gap="lg">
        <Text ta="center" fw={700} size="lg">
          {name}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}

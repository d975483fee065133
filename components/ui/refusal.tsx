import { Alert } from "@mantine/core";
import type { ReactNode } from "react";

/** Why something was not done, said at once to those who hear the page. */
export function Refusal({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Alert color="red" variant="light" role="alert" title={title}>
      {children}
    </Alert>
  );
}

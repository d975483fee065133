import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { follow } from "./follow.ts";

export const notificationsKey = ["notifications"] as const;

/** Keeps the notifications on screen true while the page is open. */
export function useLive() {
  const client = useQueryClient();
  useEffect(
    () =>
      follow(() => {
        // A change of one's own is on its way and asks again once it is there; until then the server is behind.
        if (client.isMutating({ mutationKey: notificationsKey }) === 0) {
          void client.invalidateQueries({ queryKey: notificationsKey });
        }
      }),
    [client],
  );
}

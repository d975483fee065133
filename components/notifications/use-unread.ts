import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "../fetch-json.ts";
import { notificationsKey } from "./use-live.ts";

export const unreadKey = [...notificationsKey, "unread"] as const;

export type Unread = { unread: number };

/** How many are unread: counted by the server, always. */
export function useUnread(initial: number): number {
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: () => fetchJson<Unread>("/api/notifications/unread"),
    initialData: { unread: initial },
  });
  return data.unread;
}

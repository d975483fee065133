import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { MemberTexts } from "#lib/member-texts";
import { fetchJson } from "../fetch-json.ts";
import { useToast } from "../ui/toast.tsx";
import type { NotificationActions, NotificationItem, NotificationPage } from "./notification-item.ts";
import { notificationsKey } from "./use-live.ts";
import { type Unread, unreadKey } from "./use-unread.ts";

const pagesKey = [...notificationsKey, "pages"] as const;

type Pages = InfiniteData<NotificationPage, number | null>;

/** The pages read so far. Asked again they are asked by id, so that what arrives meanwhile shifts nothing. */
export function useNotificationPages(first: NotificationPage) {
  return useInfiniteQuery({
    queryKey: pagesKey,
    queryFn: ({ pageParam }) =>
      fetchJson<NotificationPage>(`/api/notifications${pageParam === null ? "" : `?before=${pageParam}`}`),
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBeforeId }) => nextBeforeId,
    initialData: { pages: [first], pageParams: [null] },
    // The list may come alive after the bell, and what the bell heard meanwhile would be missing from it.
    initialDataUpdatedAt: 0,
  });
}

type Change = {
  /** What the list looks like once it is done; undefined removes the item. */
  apply: (item: NotificationItem) => NotificationItem | undefined;
  send: () => ReturnType<NotificationActions["markRead"]>;
  /** How many are unread then, where that is known without having read all pages. */
  unreadThen?: number;
};

/** Changes show at once and are sent meanwhile; afterwards the server says how it is, whoever else changed what. */
export function useNotificationChanges(actions: NotificationActions, texts: MemberTexts) {
  const client = useQueryClient();
  const show = useToast();
  const { mutate } = useMutation({
    mutationKey: notificationsKey,
    mutationFn: async ({ send }: Change) => {
      const answer = await send();
      if (!answer.ok) {
        throw new Error(answer.message);
      }
    },
    onMutate: async ({ apply, unreadThen }) => {
      await client.cancelQueries({ queryKey: notificationsKey });
      let lessUnread = 0;
      client.setQueryData<Pages>(pagesKey, (data) => {
        lessUnread = 0;
        return data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.flatMap(change) })) };
      });
      client.setQueryData<Unread>(
        unreadKey,
        (data) => data && { unread: unreadThen ?? Math.max(0, data.unread - lessUnread) },
      );

      function change(item: NotificationItem): NotificationItem[] {
        const next = apply(item);
        lessUnread += Number(!item.isRead) - Number(next !== undefined && !next.isRead);
        return next ? [next] : [];
      }
    },
    onError: () => show({ message: texts.failed, isError: true }),
    onSettled: () => {
      if (client.isMutating({ mutationKey: notificationsKey }) === 1) {
        // Not waited for: the change would count as under way meanwhile, and news be left for it to ask for.
        void client.invalidateQueries({ queryKey: notificationsKey });
      }
    },
  });

  const set =
    (id: number, isRead: boolean) =>
    (item: NotificationItem): NotificationItem =>
      item.id === id ? { ...item, isRead } : item;

  return {
    markRead: (id: number) => mutate({ apply: set(id, true), send: () => actions.markRead({ id }) }),
    markUnread: (id: number) => mutate({ apply: set(id, false), send: () => actions.markUnread({ id }) }),
    markAllRead: (throughId: number) =>
      mutate({
        apply: (item) => (item.id <= throughId ? { ...item, isRead: true } : item),
        send: () => actions.markAllRead({ throughId }),
        unreadThen: 0,
      }),
    dismiss: (id: number) => {
      mutate({ apply: (item) => (item.id === id ? undefined : item), send: () => actions.dismiss({ id }) });
      show({
        message: texts.dismissed,
        action: {
          label: texts.undo,
          run: () => mutate({ apply: (item) => item, send: () => actions.restore({ id }) }),
        },
      });
    },
  };
}

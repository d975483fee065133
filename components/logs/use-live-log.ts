import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { fetchJson } from "../fetch-json.ts";
import type { LogPage } from "./log-rows.ts";

const askAgainMs = 2_000;

/**
 * The newest rows, asked for again and again: whole pages, since a row's outcome may change and a slow transaction's
 * rows appear below newer ones. Whoever scrolls down or pages back reads on undisturbed.
 */
export function useLiveLog<Row extends { id: number }>(url: string, first: LogPage<Row>) {
  const [firstTopId] = useState(first.rows[0]?.id ?? 0);
  const [held, setHeld] = useState<LogPage<Row> | null>(null);
  const [older, setOlder] = useState<LogPage<Row>[]>([]);
  const [olderState, setOlderState] = useState<"idle" | "loading" | "failed">("idle");
  const top = useRef<HTMLDivElement>(null);
  const head = useQuery({
    queryKey: ["log", url],
    queryFn: () => fetchJson<LogPage<Row>>(url),
    initialData: first,
    refetchInterval: askAgainMs,
    retry: false,
  });
  const newest = head.data;

  const latest = useRef(newest);
  latest.current = newest;
  const hasOlder = older.length > 0;
  useEffect(() => {
    if (!top.current) {
      return;
    }
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) {
        setHeld((current) => current ?? latest.current);
      } else if (!hasOlder) {
        setHeld(null);
      }
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [hasOlder]);

  const shown = [held ? bringUpToDate(held, newest) : newest, ...older];
  const last = shown.at(-1);

  async function loadOlder() {
    if (!last?.nextBeforeId) {
      return;
    }
    setHeld((current) => current ?? latest.current);
    setOlderState("loading");
    try {
      const separator = url.includes("?") ? "&" : "?";
      const page = await fetchJson<LogPage<Row>>(`${url}${separator}before=${last.nextBeforeId}`);
      setOlder((pages) => [...pages, page]);
      setOlderState("idle");
    } catch {
      setOlderState("failed");
    }
  }

  function showNewest() {
    setOlder([]);
    setHeld(null);
    window.scrollTo({ top: 0 });
  }

  return {
    rows: shown.flatMap((page) => page.rows),
    /** Came after the page was opened. */
    isFresh: (row: Row) => row.id > firstTopId,
    isPaused: held !== null,
    hasLostTouch: head.isError,
    waiting: held ? newest.rows.filter(({ id }) => id > (held.rows[0]?.id ?? 0)).length : 0,
    isWaitingFull: held !== null && (newest.rows.at(-1)?.id ?? 0) > (held.rows[0]?.id ?? 0),
    hasOlder: Boolean(last?.nextBeforeId),
    olderState,
    loadOlder,
    showNewest,
    top,
  };
}

/** A held page keeps its rows, and these still say how things stand. */
function bringUpToDate<Row extends { id: number }>(page: LogPage<Row>, newest: LogPage<Row>): LogPage<Row> {
  const byId = new Map(newest.rows.map((row) => [row.id, row]));
  return { ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) };
}

import { useEffect, useRef, useState } from "react";

type Progress =
  | { state: "idle" | "done" | "failed"; rows: number; message?: string }
  | { state: "going"; rows: number };

/** Fetches a log's file, telling how many rows have come, and hands it to the browser once it is whole. */
export function useExport(url: string) {
  const [progress, setProgress] = useState<Progress>({ state: "idle", rows: 0 });
  const going = useRef<AbortController>(null);
  useEffect(() => () => going.current?.abort(), []);

  async function start() {
    const abort = new AbortController();
    going.current = abort;
    let rows = 0;
    setProgress({ state: "going", rows });
    try {
      const response = await fetch(url, { signal: abort.signal });
      if (!response.ok || !response.body) {
        const { message } = await response.json().catch(() => ({ message: null }));
        throw new Error(message ?? `The server answered ${response.status}.`);
      }
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        parts.push(value);
        rows += countRows(value);
        setProgress({ state: "going", rows: Math.max(rows - 1, 0) });
      }
      save(new Blob(parts, { type: "text/csv" }), nameOf(response));
      setProgress({ state: "done", rows: rows - 1 });
    } catch (error) {
      setProgress(
        abort.signal.aborted
          ? { state: "idle", rows: 0 }
          : { state: "failed", rows: 0, message: explain(error as Error) },
      );
    }
  }

  return { progress, start, stop: () => going.current?.abort() };
}

/** The browser's own words for a connection that was lost help nobody. */
const explain = (error: Error) =>
  error instanceof TypeError ? "The connection was lost before the file was whole. Try again." : error.message;

const carriageReturn = 13;

/** A row's end is the only one in it. */
const countRows = (bytes: Uint8Array) => bytes.reduce((rows, byte) => rows + (byte === carriageReturn ? 1 : 0), 0);

const nameOf = (response: Response) =>
  /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "log.csv";

function save(file: Blob, name: string) {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

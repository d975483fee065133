import { importLimits } from "#lib/import-limits";
import { fetchJson, RequestError } from "../../fetch-json.ts";
import { callAction } from "../../ui/call-action.ts";
import type { ImportActions, ImportKind } from "./import-actions.ts";

type Sent = { importId: number; error: null } | { importId: null; error: string };

/** Sends a file in pieces, one after the other, so that no side ever holds all of it. */
export async function sendFile(
  file: File,
  kind: ImportKind,
  actions: Pick<ImportActions, "bring" | "read">,
  onProgress: (share: number) => void,
): Promise<Sent> {
  const brought = await callAction(actions.bring({ kind, fileName: file.name, bytes: file.size }));
  if (!brought.ok) {
    return refused(brought.message);
  }
  const { importId } = brought.data;
  try {
    for (let start = 0, number = 0; start < file.size; start += importLimits.pieceBytes, number++) {
      const body = file.slice(start, start + importLimits.pieceBytes);
      const options = { method: "POST", body, headers: { "content-type": "application/octet-stream" } };
      await fetchJson(`/api/members/imports/${importId}/pieces/${number}`, options);
      onProgress(Math.min(1, (start + body.size) / file.size));
    }
  } catch (error) {
    return refused(error instanceof RequestError ? error.message : "The file could not be sent. Choose it again.");
  }
  const read = await callAction(actions.read({ importId }));
  return read.ok ? { importId, error: null } : refused(read.message);
}

const refused = (error: string): Sent => ({ importId: null, error });

import type { ToneName } from "#components/ui/tone";
import type { ImportRow, ImportState } from "#db/queries/imports";

const states: Record<ImportState, [name: string, tone: ToneName]> = {
  uploading: ["Did not come whole", "warn"],
  mapping: ["Waits for you", "wait"],
  checking: ["Being checked", "active"],
  checked: ["Checked, not imported yet", "wait"],
  importing: ["Being imported", "active"],
  done: ["Imported", "good"],
  cancelled: ["Cancelled", "warn"],
  failed: ["Failed", "bad"],
};

type Counts = Pick<ImportRow, "state" | "created" | "updated" | "unchanged" | "refused">;

export function describeImportState({ state, refused }: Pick<Counts, "state" | "refused">) {
  const [name, tone] = states[state];
  return state === "done" && refused > 0 ? { name: "Imported in part", tone: "warn" as const } : { name, tone };
}

/** What the lines came to, or, as long as nothing is stored, would. */
export function listFigures({ created, updated, unchanged, refused }: Counts) {
  return [
    { name: "New", value: created },
    { name: "Updated", value: updated },
    { name: "Unchanged", value: unchanged },
    { name: "With errors", value: refused },
  ].map(({ name, value }) => ({ name, value: value.toLocaleString("en") }));
}

export function printCounts(counts: Counts): string {
  return listFigures(counts)
    .map(({ name, value }) => `${value} ${name.toLowerCase()}`)
    .join(", ");
}

/** What a person should know of it beside the figures. */
export function listNotes({ state, notes, error }: Pick<ImportRow, "state" | "notes" | "error">): string[] {
  const told = Object.entries(notes).flatMap(([note, count]) =>
    count > 0 ? [`${count.toLocaleString("en")} ${note}.`] : [],
  );
  return [...(error ? [error] : []), ...told, ...(endings[state] ? [endings[state]] : [])];
}

const endings: Partial<Record<ImportState, string>> = {
  uploading: "The file did not come whole: somebody sends it just now, or stopped. Discard it and choose it again.",
  checked: "Nothing is stored yet. Lines with errors are left out; all others are imported.",
  cancelled:
    "What was imported before stays. The same file brought again goes on from there: it changes nothing twice.",
  failed: "What was imported before stays. Put the file right and bring it again: it changes nothing twice.",
};

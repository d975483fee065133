import type { DefinitionForm } from "#engine/forms";
import type { Entry } from "./draft.ts";

/** An entry as it is when somebody has just chosen it: with what is usual, the rest to be filled in. */
export const beginEntry = ({ type, fields }: DefinitionForm): Entry => ({
  type,
  params: Object.fromEntries(
    fields.flatMap(({ name, default: usual }) => (usual === undefined ? [] : [[name, usual]])),
  ),
});

/** Another type keeps what both ask for under one name. */
export function changeType(entry: Entry, form: DefinitionForm): Entry {
  const names = new Set(form.fields.map(({ name }) => name));
  const kept = Object.entries(entry.params).filter(([name]) => names.has(name));
  return { type: form.type, params: { ...beginEntry(form).params, ...Object.fromEntries(kept) } };
}

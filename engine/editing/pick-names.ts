import type { Db } from "#db/client";
import { findStaffByIds } from "#db/queries/tasks";
import { findTemplates } from "#db/queries/templates";
import { listActionFields } from "../action-fields.ts";
import type { PickName } from "../words.ts";

/** The names of all that the steps of some contents pick, archived or not, looked up at once. */
export async function readPickNames(db: Db, contents: { steps: unknown }[]): Promise<PickName> {
  const picked = contents.flatMap(({ steps }) => listActionFields(steps)).filter(({ meta }) => meta.pick);
  const idsOf = (isStaff: boolean) => [
    ...new Set(picked.filter(({ meta }) => (meta.pick === "staff") === isStaff).map(({ value }) => Number(value))),
  ];
  const templates = await findTemplates(db, idsOf(false));
  const staff = await findStaffByIds(db, idsOf(true));
  return (pick, id) => (pick === "staff" ? staff : templates).get(id)?.name;
}

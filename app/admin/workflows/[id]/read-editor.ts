import type { Picks } from "#components/workflows/editor/describe-draft";
import { readDraft } from "#components/workflows/editor/read-draft";
import type { Db } from "#db/client";
import { listStaffNames } from "#db/queries/tasks";
import { listTemplateNames } from "#db/queries/templates";
import { readClock } from "#engine/clock";
import { readEditable } from "#engine/editing/editable";
import { describeForms } from "#engine/forms";

/**
 * A workflow with all that its editor offers. `draft` is null where the stored steps are of a shape that no editor shows.
 * @throws AppError `not_found`
 */
export async function readEditor(db: Db, id: number) {
  const clock = await readClock(db);
  const { draft, live, ...workflow } = await readEditable(db, id);
  return {
    workflow: { ...workflow, name: draft.name, isPublished: live !== null },
    draft: readDraft(draft),
    vocabulary: { forms: describeForms(), picks: await readPicks(db) },
    today: clock.today,
    timeZone: clock.timeZone,
  };
}

async function readPicks(db: Db): Promise<Picks> {
  const templates = await listTemplateNames(db);
  const of = (channel: string) => templates.filter((template) => template.channel === channel);
  return {
    email_template: of("email"),
    in_app_template: of("in_app"),
    sms_template: of("sms"),
    staff: await listStaffNames(db),
  };
}

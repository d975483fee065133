import type { Db } from "#db/client";
import { findStaff } from "#db/queries/tasks";
import { findTemplate } from "#db/queries/templates";
import { listActionFields } from "./action-fields.ts";
import { type Definition, locate, type Problem, parseDefinition, type StoredDefinition } from "./definition.ts";
import { findTextProblems } from "./step-texts.ts";

const channelOf = { email_template: "email", in_app_template: "in_app", sms_template: "sms" } as const;

/**
 * Everything that is wrong with a stored workflow, all at once. What one step picks is looked up even where another
 * step does not parse. `definition` is there only when nothing is wrong.
 */
export async function findProblems(
  db: Db,
  stored: StoredDefinition,
): Promise<{ definition: Definition | null; problems: Problem[] }> {
  const { definition, problems } = parseDefinition(stored);
  const all = [...problems, ...findTextProblems(stored), ...(await findReferenceProblems(db, stored))];
  return { definition: all.length === 0 ? definition : null, problems: all };
}

/** What steps pick that is not there, is archived, or is of another kind. Steps and fields that do not parse are passed over. */
export async function findReferenceProblems(db: Db, { steps }: { steps: unknown }): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path, value, meta } of listActionFields(steps)) {
    if (!meta.pick) {
      continue;
    }
    const id = Number(value);
    const message =
      meta.pick === "staff"
        ? await explainStaff(db, id)
        : explain(id, channelOf[meta.pick], await findTemplate(db, id));
    if (message) {
      problems.push(locate({ path, message }, { steps }));
    }
  }
  return problems;
}

/** Who is only away today may well be chosen. */
async function explainStaff(db: Db, id: number) {
  const person = await findStaff(db, id);
  if (!person) {
    return `Person ${id} is not on the staff`;
  }
  return person.hasLeft ? `${person.name || `Person ${id}`} is no longer on the staff` : null;
}

function explain(id: number, channel: string, template: Awaited<ReturnType<typeof findTemplate>>) {
  if (!template) {
    return `Template ${id} does not exist`;
  }
  if (template.channel !== channel) {
    return `Template ${id} is for ${template.channel}, not ${channel}`;
  }
  return template.archivedAt ? `Template "${template.name}" is archived` : null;
}

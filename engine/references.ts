import type { Db } from "#db/client";
import { findStaffByIds, type StaffPerson } from "#db/queries/tasks";
import { type FoundTemplate, findTemplates } from "#db/queries/templates";
import { type ActionField, listActionFields } from "./action-fields.ts";
import { type Definition, locate, type Problem, parseDefinition, type StoredDefinition } from "./definition.ts";
import { findTextProblems } from "./step-texts.ts";

const channelOf = { email_template: "email", in_app_template: "in_app", sms_template: "sms" } as const;

/** Whether the stored parts may be used: `definition` is there only when nothing is wrong. */
export type Judged = { definition: Definition | null; problems: Problem[] };

/**
 * Everything that is wrong with a stored workflow, all at once. What one step picks is looked up even where another
 * step does not parse.
 */
export async function findProblems(db: Db, stored: StoredDefinition): Promise<Judged> {
  const [judged] = await findProblemsOfAll(db, [stored]);
  return judged ?? { definition: null, problems: [] };
}

/** The same of several, in their order: what all of them pick is looked up at once. */
export async function findProblemsOfAll(db: Db, stored: StoredDefinition[]): Promise<Judged[]> {
  const references = await listReferenceProblems(db, stored);
  return stored.map((workflow, index) => {
    const { definition, problems } = parseDefinition(workflow);
    const all = [...problems, ...findTextProblems(workflow), ...(references[index] ?? [])];
    return { definition: all.length === 0 ? definition : null, problems: all };
  });
}

/** What steps pick that is not there, is archived, or is of another kind. Steps and fields that do not parse are passed over. */
export async function findReferenceProblems(db: Db, workflow: { steps: unknown }): Promise<Problem[]> {
  return (await listReferenceProblems(db, [workflow])).flat();
}

async function listReferenceProblems(db: Db, workflows: { steps: unknown }[]): Promise<Problem[][]> {
  const picks = workflows.map(({ steps }) => listActionFields(steps).filter(({ meta }) => meta.pick));
  const idsOf = (isWanted: (field: ActionField) => boolean) => [
    ...new Set(
      picks
        .flat()
        .filter(isWanted)
        .map(({ value }) => Number(value)),
    ),
  ];
  const templates = await findTemplates(
    db,
    idsOf(({ meta }) => meta.pick !== "staff"),
  );
  const staff = await findStaffByIds(
    db,
    idsOf(({ meta }) => meta.pick === "staff"),
  );
  return picks.map((fields, index) =>
    fields.flatMap(({ path, value, meta: { pick } }) => {
      const id = Number(value);
      const message =
        !pick || pick === "staff"
          ? explainStaff(id, staff.get(id))
          : explainTemplate(id, channelOf[pick], templates.get(id));
      return message ? [locate({ path, message }, { steps: workflows[index]?.steps })] : [];
    }),
  );
}

/** Who is only away today may well be chosen. */
function explainStaff(id: number, person: StaffPerson | undefined) {
  if (!person) {
    return `Person ${id} is not on the staff`;
  }
  return person.hasLeft ? `${person.name || `Person ${id}`} is no longer on the staff` : null;
}

function explainTemplate(id: number, channel: string, template: FoundTemplate | undefined) {
  if (!template) {
    return `Template ${id} does not exist`;
  }
  if (template.channel !== channel) {
    return `Template ${id} is for ${template.channel}, not ${channel}`;
  }
  return template.archivedAt ? `Template "${template.name}" is archived` : null;
}

import type { z } from "zod";
import type { Db } from "#db/client";
import { findStaff } from "#db/queries/tasks";
import { findTemplate } from "#db/queries/templates";
import { actions } from "./actions/index.ts";
import type { Action } from "./define.ts";
import type { Definition, Problem } from "./definition.ts";
import { layOut } from "./steps.ts";
import "./fields.ts";

const channelOf = { email_template: "email", in_app_template: "in_app", sms_template: "sms" } as const;

/** What a definition picks that is not there, is archived, or is of another kind. */
export async function findReferenceProblems(db: Db, { steps }: Definition): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { step, path } of layOut(steps)) {
    if (!("action" in step)) {
      continue;
    }
    const { action } = step;
    const { params }: Action = actions.get(action.type);
    for (const [name, schema] of Object.entries(params.shape as Record<string, z.ZodType>)) {
      const { pick } = schema.meta() ?? {};
      const value = (action.params as Record<string, unknown>)[name];
      if (!pick || value === undefined) {
        continue;
      }
      const id = Number(value);
      const message =
        pick === "staff" ? await explainStaff(db, id) : explain(id, channelOf[pick], await findTemplate(db, id));
      if (message) {
        problems.push({ path: `${path}.action.params.${name}`, message });
      }
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

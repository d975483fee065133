import type { z } from "zod";
import type { Db } from "#db/client";
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
      if (!pick || pick === "staff") {
        continue;
      }
      const id = Number((action.params as Record<string, unknown>)[name]);
      const message = explain(id, channelOf[pick], await findTemplate(db, id));
      if (message) {
        problems.push({ path: `${path}.action.params.${name}`, message });
      }
    }
  }
  return problems;
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

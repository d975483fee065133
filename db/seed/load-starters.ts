import { isNull } from "drizzle-orm";
import { type Db, withTransaction } from "../client.ts";
import { automationWorkflows, communicationTemplates } from "../schema/index.ts";
import { starterTemplates } from "./starter-templates.ts";
import { type StarterWorkflow, starterWorkflows } from "./starter-workflows.ts";

/**
 * Adds the starter templates and workflows that are not there yet, by name. What a gym made of the others stays as it
 * is; what it archived comes back as new. Returns how many were added.
 */
export async function loadStarters(db: Db): Promise<{ templates: number; workflows: number }> {
  return withTransaction(db, async (tx) => {
    const added = await tx
      .insert(communicationTemplates)
      .values(starterTemplates)
      .onConflictDoNothing()
      .returning({ id: communicationTemplates.id });
    const stored = await tx
      .select({ id: communicationTemplates.id, name: communicationTemplates.name })
      .from(communicationTemplates)
      .where(isNull(communicationTemplates.archivedAt));
    const ids = new Map(stored.map(({ id, name }) => [name, id]));
    const workflows = await tx
      .insert(automationWorkflows)
      .values(starterWorkflows.map((workflow) => toRow(workflow, ids)))
      .onConflictDoNothing()
      .returning({ id: automationWorkflows.id });
    return { templates: added.length, workflows: workflows.length };
  });
}

function toRow({ steps, ...workflow }: StarterWorkflow, templateIds: Map<string, number>) {
  return {
    ...workflow,
    isEnabled: false,
    steps: steps.map(({ type, params }, index) => ({
      id: index + 1,
      action: { type, params: "template_id" in params ? { template_id: idOf(params.template_id) } : params },
      context: {},
    })),
  };

  function idOf(name: unknown) {
    const id = templateIds.get(String(name));
    if (id === undefined) {
      throw new Error(`No template is named "${name}"`);
    }
    return id;
  }
}

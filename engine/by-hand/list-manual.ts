import type { Db } from "#db/client";
import { listEnabledWorkflows } from "#db/queries/workflows";
import type { Trigger } from "../define.ts";
import { parseDefinition } from "../definition.ts";
import { triggers } from "../triggers/index.ts";

/** The workflows that a member can be enrolled in now, by name. */
export async function listManualWorkflows(db: Db): Promise<{ id: number; name: string }[]> {
  const enabled = await listEnabledWorkflows(db);
  return enabled
    .filter((workflow) => {
      const { definition } = parseDefinition(workflow);
      const trigger: Trigger | null = definition && triggers.get(definition.trigger.type);
      return trigger?.isManual === true;
    })
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

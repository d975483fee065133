import type { Db } from "#db/client";
import { starters } from "#db/seed/starters/index";
import { importConfig } from "#engine/config/import-config";
import { parseConfigValue } from "#engine/config/parse-config";
import type { Clock } from "#lib/clock";
import { templateRules } from "#messaging/template-rules";

/**
 * Adds the starter templates and workflows that are not there yet, by name, switched off. What a gym made of the others
 * stays as it is; what it archived comes back as new. Returns how many were added.
 */
export async function loadStarters(db: Db, clock: Clock): Promise<{ templates: number; workflows: number }> {
  const options = { rules: templateRules, onlyMissing: true };
  const { templates, workflows, problems } = await importConfig(db, parseConfigValue(starters), options, clock);
  if (problems.length > 0) {
    throw new Error(`The starters are unsound: ${JSON.stringify(problems)}`);
  }
  return { templates: templates.created, workflows: workflows.created };
}

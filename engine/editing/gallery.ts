import { type Db, withTransaction } from "#db/client";
import { listTemplateIds } from "#db/queries/config";
import { listTakenNames } from "#db/queries/drafts";
import { starters } from "#db/seed/starters/index";
import { AppError } from "#lib/errors";
import type { TemplateRules } from "../config/check-config.ts";
import { importConfig } from "../config/import-config.ts";
import { mapPicks } from "../config/map-picks.ts";
import { parseConfigValue } from "../config/parse-config.ts";
import type { Clock } from "../define.ts";
import { describeWorkflow } from "../summary.ts";
import { createDraft } from "./create-workflow.ts";

/** A default workflow to start from. */
export type GalleryEntry = {
  /** Its key, too. */
  name: string;
  description: string;
  triggerLabel: string;
  triggerSummary: string;
  stepSummaries: string[];
  /** Whether the gym has a workflow of that name. */
  isThere: boolean;
};

type Starter = (typeof starters.workflows)[number];

const partsOf = ({ trigger, steps, exit_when: exitWhen }: Starter) => ({ trigger, steps, context: {}, exitWhen });

export async function listGallery(db: Db): Promise<GalleryEntry[]> {
  const taken = await listTakenNames(db);
  return starters.workflows.map((starter) => {
    const { triggerLabel, triggerSummary, stepSummaries } = describeWorkflow(partsOf(starter));
    return {
      name: starter.name,
      description: starter.description,
      triggerLabel: triggerLabel ?? "",
      triggerSummary: triggerSummary ?? "",
      stepSummaries,
      isThere: taken.has(starter.name),
    };
  });
}

type Start = {
  name: string;
  actorId: number | null;
  /** How templates are judged and stored: messaging knows. */
  rules: TemplateRules;
};

/**
 * A draft of a default workflow, with those of its templates that the gym does not have; what it made of the others stays.
 * @throws AppError `not_found`
 */
export async function createFromGallery(
  db: Db,
  { name, actorId, rules }: Start,
  clock: Clock,
): Promise<{ id: number }> {
  const starter = starters.workflows.find((entry) => entry.name === name);
  if (!starter) {
    throw new AppError("not_found", "The gallery has no such workflow. Reload the page.");
  }
  return withTransaction(db, async (tx) => {
    const sent = new Set<unknown>();
    mapPicks(starter.steps, ({ value }) => sent.add(value));
    const templates = starters.templates.filter(({ id }) => sent.has(id));
    const { problems } = await importConfig(
      tx,
      parseConfigValue({ templates, workflows: [] }),
      { rules, onlyMissing: true },
      clock,
    );
    if (problems.length > 0) {
      throw new Error(`The starters are unsound: ${JSON.stringify(problems)}`);
    }
    const here = await listTemplateIds(tx);
    const idOf = new Map<unknown, number | undefined>(
      templates.map(({ id, channel, name }) => [id, here.get(`${channel} ${name}`)]),
    );
    const { steps, ...parts } = partsOf(starter);
    const mapped = mapPicks(steps, ({ value }) => idOf.get(value));
    const { description, cooldown_period_days: cooldownPeriodDays } = starter;
    return createDraft(
      tx,
      { draft: { ...parts, name, description, cooldownPeriodDays, steps: mapped }, actorId },
      clock,
    );
  });
}

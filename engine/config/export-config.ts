import type { Db } from "#db/client";
import { listConfigTemplates, listConfigWorkflows, listStaffByAddress } from "#db/queries/config";
import { isLiquidError } from "#lib/templates/liquid";
import { parseDefinition } from "../definition.ts";
import { inspectJson } from "../readable.ts";
import { contentOf, type TemplateRules } from "./check-config.ts";
import type { FileProblem } from "./config-file.ts";
import { mapPicks } from "./map-picks.ts";

type Exported = {
  /** The file. The same configuration makes the same bytes, in whatever database it is. */
  text: string;
  templates: number;
  workflows: number;
  /** What no other gym will take as it stands. */
  needsAttention: FileProblem[];
};

/** Writes down all templates and workflows that are not archived, under ids of the file's own. */
export async function exportConfig(db: Db, rules: Pick<TemplateRules, "listPlaceholders">): Promise<Exported> {
  const stored = await listConfigTemplates(db);
  const ids = new Map(stored.map(({ id }, index) => [id, index + 1]));
  const staff = await listStaffByAddress(db);
  const addresses = new Map(
    [...staff].flatMap(([address, [id, ...others]]) => (others.length > 0 ? [] : [[id, address]])),
  );
  const needsAttention: FileProblem[] = [];
  const templates = stored.map((template, index) => toTemplate(template, index + 1));

  // What was never published is nobody's configuration yet.
  const published = (await listConfigWorkflows(db)).filter(({ liveVersionId }) => liveVersionId !== null);
  const readable = published.filter((workflow) => {
    const { trigger, steps, context, exitWhen } = workflow;
    const { isReadable, problems } = inspectJson({ trigger, steps, context, exitWhen });
    if (!isReadable) {
      const why = problems.map(({ message }) => message).join("; ");
      needsAttention.push({ path: "workflows", message: `"${workflow.name}" is left out: ${why}` });
    }
    return isReadable;
  });
  const workflows = readable.map((workflow, index) => {
    const path = `workflows.${index}`;
    const { definition, problems } = parseDefinition(workflow);
    needsAttention.push(...problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` })));
    const { trigger, steps, context, exitWhen } = definition ?? workflow;
    return {
      name: workflow.name,
      description: workflow.description,
      trigger,
      steps: mapPicks(steps, ({ kind, value, path: at }) => {
        const named = kind === "staff" ? addresses.get(value as number) : ids.get(value as number);
        if (named === undefined) {
          needsAttention.push({ path: `${path}.${at}`, message: explain(workflow.name, kind, value) });
        }
        return named ?? null;
      }),
      context,
      exit_when: exitWhen,
      is_enabled: workflow.isEnabled,
      cooldown_period_days: workflow.cooldownPeriodDays,
    };
  });
  const text = `${JSON.stringify({ templates, workflows }, null, 2)}\n`;
  return { text, templates: templates.length, workflows: workflows.length, needsAttention };

  function toTemplate(template: (typeof stored)[number], id: number) {
    const { name, channel, bodyHtml, bodyText, fromAddress, fromName, actionUrl, placeholders, ...rest } = template;
    const entry = {
      ...{ id, name, channel, class: rest.class, language: rest.language, subject: rest.subject },
      ...{ preview_text: rest.previewText, title: rest.title },
      ...{ body_html: bodyHtml, body_text: bodyText, from_address: fromAddress, from_name: fromName },
      ...{ action_url: actionUrl, icon: rest.icon, translations: rest.translations },
    };
    return { ...entry, placeholders: derive(entry) ?? placeholders };
  }

  /** Null when the template's syntax is broken. */
  function derive(entry: Parameters<typeof contentOf>[0]) {
    try {
      return rules.listPlaceholders(contentOf(entry));
    } catch (error) {
      if (!isLiquidError(error)) {
        throw error;
      }
      return null;
    }
  }
}

const explain = (workflow: string, kind: string, value: unknown) =>
  kind === "staff"
    ? `"${workflow}" names staff member ${value}, who has no address of their own to be found by`
    : `"${workflow}" sends template ${value}, which is archived or gone`;

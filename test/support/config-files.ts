import { eq } from "drizzle-orm";
import type { Db } from "#db/client";
import { automationWorkflows } from "#db/schema/index";
import { type ImportOptions, importConfig } from "#engine/config/import-config";
import { parseConfig } from "#engine/config/parse-config";
import { templateRules } from "#messaging/template-rules";
import { clockAt } from "./factories.ts";

type Entry = Record<string, unknown>;

export const template = (given: Entry = {}): Entry => ({
  id: 1,
  name: "Template",
  channel: "email",
  subject: "Hello",
  body_html: "<p>Good to see you, {{ member_first_name }}.</p>",
  body_text: given.channel === "in_app" ? "Good to see you." : null,
  ...given,
});

/** 30 days of silence, then the email. */
export const workflow = ({ template = 1 }: { template?: unknown } = {}): Entry => ({
  name: "Workflow",
  trigger: { type: "low_engagement", params: { inactive_days: 30 } },
  steps: [{ id: 1, action: { type: "send_email", params: { template_id: template } } }],
});

export const fileOf = (templates: unknown[], workflows: unknown[]) => JSON.stringify({ templates, workflows });

export const importFile = (db: Db, file: string | Uint8Array, options: Partial<ImportOptions> = {}) =>
  importConfig(
    db,
    parseConfig(typeof file === "string" ? new TextEncoder().encode(file) : file),
    { rules: templateRules, ...options },
    clockAt("2026-11-22"),
  );

export const archive = (db: Db, { id }: { id: number }) =>
  db.update(automationWorkflows).set({ archivedAt: new Date() }).where(eq(automationWorkflows.id, id));

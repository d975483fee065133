import { z } from "zod";

/** More than any gym has; a file beyond it is something else. */
const most = { templates: 5_000, workflows: 1_000, bodyCharacters: 200_000, lineCharacters: 2_000 };

const languages = ["en", "de", "fr", "it"] as const;

const name = z.string().trim().min(1).max(100);
const line = z.string().max(most.lineCharacters);
const body = z.string().max(most.bodyCharacters);
/** Means something within one file only. */
const localId = z.int().positive();
/** In a file that somebody else's program wrote; what we make of it we know ourselves. */
const ignored = z.unknown().optional();

const translation = z.strictObject({
  subject: line.nullish(),
  preview_text: line.nullish(),
  title: line.nullish(),
  body_html: body.nullish(),
  body_text: body.nullish(),
  action_url: line.nullish(),
});

/** A template as it is stored, but for its id, which is the file's own. */
export const templateEntry = z.strictObject({
  id: localId.optional(),
  name,
  channel: z.enum(["email", "in_app", "sms"]),
  class: z.enum(["marketing", "service"]).default("marketing"),
  language: z.enum(languages).default("en"),
  subject: line.nullable().default(null),
  preview_text: line.nullable().default(null),
  title: line.default("Notification"),
  body_html: body.nullable().default(null),
  body_text: body.nullable().default(null),
  from_address: line.nullable().default(null),
  from_name: line.nullable().default(null),
  action_url: line.nullable().default(null),
  icon: z.string().min(1).max(50).default("info"),
  translations: z.partialRecord(z.enum(languages), translation).default({}),
  placeholders: ignored,
  created_at: ignored,
  updated_at: ignored,
});

/** A workflow as it is stored. What is in its parts is read by `parseDefinition`, as everywhere. */
export const workflowEntry = z.strictObject({
  id: localId.optional(),
  name,
  description: z.string().max(2_000).default(""),
  trigger: z.unknown().optional(),
  steps: z.unknown().optional(),
  context: z.unknown().optional(),
  exit_when: z.unknown().optional(),
  /** Not said: it stays as it is, and a new one is off. */
  is_enabled: z.boolean().optional(),
  cooldown_period_days: z.int().min(0).max(3650).default(7),
  created_at: ignored,
  updated_at: ignored,
});

/** The file's frame. Its entries are read one by one, so that the problems of all of them are told. */
export const frame = z.strictObject({
  templates: z.array(z.unknown()).max(most.templates).default([]),
  workflows: z.array(z.unknown()).max(most.workflows).default([]),
});

export type TemplateEntry = z.output<typeof templateEntry>;
export type WorkflowEntry = z.output<typeof workflowEntry>;

/** Where in the file, and what is wrong there. */
export type FileProblem = { path: string; message: string };

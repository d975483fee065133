import { sql } from "drizzle-orm";
import { type AnyPgColumn, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";
import { users } from "./members.ts";

/** What one language says. Absent fields fall back to the template's own language. */
export type TemplateText = {
  subject?: string;
  preview_text?: string;
  title?: string;
  body_html?: string;
  body_text?: string;
  action_url?: string;
};

/** A database trigger writes a version whenever the content changes, whoever changes it. */
export const communicationTemplates = pgTable(
  "communication_templates",
  {
    id: id(),
    name: text("name").notNull(),
    channel: text("channel", { enum: ["email", "in_app", "sms"] }).notNull(),
    class: text("class", { enum: ["marketing", "service"] })
      .notNull()
      .default("marketing"),
    /** The language of the fields below; the others are in `translations`. */
    language: text("language", { enum: ["en", "de", "fr", "it"] })
      .notNull()
      .default("en"),
    subject: text("subject"),
    /** What an inbox shows beside the subject; without one, how the email begins. */
    previewText: text("preview_text"),
    title: text("title").notNull().default("Notification"),
    bodyHtml: text("body_html"),
    bodyText: text("body_text"),
    fromAddress: text("from_address"),
    fromName: text("from_name"),
    actionUrl: text("action_url"),
    icon: text("icon").notNull().default("info"),
    translations: jsonb("translations").$type<Record<string, TemplateText>>().notNull().default({}),
    /** Derived on save; ignored on import. */
    placeholders: jsonb("placeholders").$type<string[]>().notNull().default([]),
    liveVersionId: reference("live_version_id").references((): AnyPgColumn => templateVersions.id),
    revision: integer("revision").notNull().default(1),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    updatedBy: reference("updated_by").references(() => users.id),
  },
  (table) => [
    uniqueIndex("communication_templates_name").on(table.channel, table.name).where(sql`${table.archivedAt} is null`),
  ],
);

/** The content of a template as `to_jsonb` of its row gives it, columns by their stored names. */
export type TemplateContent = {
  channel: "email" | "in_app" | "sms";
  class: "marketing" | "service";
  language: string;
  subject: string | null;
  /** Versions of before there was one lack it. */
  preview_text?: string | null;
  title: string;
  body_html: string | null;
  body_text: string | null;
  from_address: string | null;
  from_name: string | null;
  action_url: string | null;
  icon: string;
  translations: Record<string, TemplateText>;
};

export const templateVersions = pgTable(
  "template_versions",
  {
    id: id(),
    templateId: reference("template_id")
      .notNull()
      .references(() => communicationTemplates.id),
    number: integer("number").notNull(),
    content: jsonb("content").$type<TemplateContent>().notNull(),
    createdBy: reference("created_by"),
    createdAt: createdAt(),
  },
  (table) => [unique("template_versions_number").on(table.templateId, table.number)],
);

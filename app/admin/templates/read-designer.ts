import { notFound } from "next/navigation";
import type { DesignerData, DesignerTemplate } from "#components/templates/designer/designer-data";
import { findTemplateContent, listTemplateVersions } from "#db/queries/template-versions";
import { gymSettings } from "#db/schema/index";
import type { TemplateContent } from "#db/schema/templates";
import { readTemplateNames } from "#engine/template-names";
import { dayAndTime } from "#lib/format-time";
import { one } from "#lib/rows";
import type { Channel } from "#lib/template-texts";
import { getDb } from "../../_server/db.ts";
import type { Viewer } from "../../_server/session.ts";

/** All that the designer needs beside the template. */
async function readSurroundings(templateId: number | null, viewer: Viewer): Promise<Omit<DesignerData, "template">> {
  const db = getDb();
  const [names, gym, versions] = await Promise.all([
    readTemplateNames(db, templateId),
    readGymSettings(),
    templateId === null ? [] : listTemplateVersions(db, templateId),
  ]);
  const now = new Date();
  return {
    offered: names.offered,
    senders: names.senders.map(({ id, name }) => ({ id, name })),
    gym: { name: gym.name, language: gym.language, senderAddress: gym.senderAddress, senderName: gym.senderName },
    viewerEmail: viewer.email,
    versions: versions.map(({ id, number, createdAt, author }) => ({
      id,
      number,
      author,
      at: dayAndTime(createdAt, now, gym.timeZone),
    })),
  };
}

const readGymSettings = async () => one(await getDb().select().from(gymSettings));

export async function readDesigner(id: number, viewer: Viewer): Promise<DesignerData> {
  const stored = await findTemplateContent(getDb(), id);
  if (!stored) {
    notFound();
  }
  const { timeZone } = await readGymSettings();
  const template: DesignerTemplate = {
    id,
    revision: stored.revision,
    name: stored.name,
    content: withAllFields(stored.content),
    isArchived: stored.archivedAt !== null,
    edited: dayAndTime(stored.updatedAt, new Date(), timeZone),
    editor: stored.editor,
  };
  return { template, ...(await readSurroundings(id, viewer)) };
}

/** A template that is not stored before it is sound; `from` is one that it begins as a copy of. */
export async function readNewDesigner(
  { channel, from }: { channel: Channel; from?: number },
  viewer: Viewer,
): Promise<DesignerData> {
  const original = from === undefined ? null : await findTemplateContent(getDb(), from);
  const { language } = await readGymSettings();
  const template: DesignerTemplate = {
    id: null,
    revision: null,
    name: original ? `${original.name.slice(0, 93)} (copy)` : "",
    content: original ? withAllFields(original.content) : emptyContent(channel, language),
    isArchived: false,
    edited: null,
    editor: null,
  };
  return { template, ...(await readSurroundings(null, viewer)) };
}

const emptyContent = (channel: Channel, language: string): TemplateContent => ({
  channel,
  class: "marketing",
  language,
  subject: null,
  preview_text: null,
  title: channel === "in_app" ? "" : "Notification",
  body_html: null,
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: null,
  icon: "info",
  translations: {},
});

/** Versions of before may hold fields that say nothing, and lack those that came later. */
export function withAllFields(content: TemplateContent): TemplateContent {
  const translations = Object.entries(content.translations).map(([language, text]) => [
    language,
    Object.fromEntries(Object.entries(text).filter(([, value]) => value)),
  ]);
  return { ...content, preview_text: content.preview_text ?? null, translations: Object.fromEntries(translations) };
}

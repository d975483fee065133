import type { GymSettings } from "#db/queries/settings";
import { getEnv } from "#env";
import { createMessageLinks } from "#messaging/message-links";
import { previewTemplate, sampleReader } from "#messaging/preview-template";

/** The words of a mail that shows how the gym's mail arrives: from whom, and in which dress. */
const content = {
  channel: "email",
  class: "service",
  language: "en",
  subject: "Email from {{ gym_name }} arrives",
  preview_text: null,
  title: "",
  body_html:
    "<h1>It arrived</h1><p>This is how members get email from {{ gym_name }}: from this sender, with this footer.</p><p>Look whether it came into the inbox, and not among the spam.</p>",
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: null,
  icon: "info",
  translations: {},
} as const;

/** That mail, rendered as a template is. */
export const writeTest = (gym: GymSettings) =>
  previewTemplate(content, sampleReader("en", {}), gym, createMessageLinks(getEnv()));

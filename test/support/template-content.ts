import type { TemplateContent } from "#db/schema/templates";

/** An advertisement by email that has nothing wrong with it. */
export const templateContent = (given: Partial<TemplateContent> = {}): TemplateContent => ({
  channel: "email",
  class: "marketing",
  language: "en",
  subject: "Hello",
  title: "Notification",
  body_html: "<p>Hello</p>",
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: null,
  icon: "info",
  translations: {},
  ...given,
});

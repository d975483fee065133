import type { TemplateContent } from "#db/schema/templates";

/** Loaded before a process that was forked: tells whoever asks what becomes of code in texts, and of prototypes. */
export type Tried = { code: string; proto: string; subject: string; html: string };

const gym = { name: "Training Club", postalAddress: "Langstrasse 120", language: "en" };
const links = { appUrl: "https://app.example", unsubscribeUrl: "https://app.example/unsubscribe/1" };
const template: TemplateContent = {
  ...{ channel: "email", class: "marketing", language: "en", title: "", body_text: null, action_url: "/me" },
  ...{ from_address: null, from_name: null, icon: "info", translations: {} },
  subject: "{% if name contains 'M' %}{{ name | upcase }}{% endif %}",
  body_html: '<p onclick="x">Hi {{ name }}</p>',
};

const nameOf = (attempt: () => unknown) => {
  try {
    return String(attempt());
  } catch (error) {
    return error instanceof Error ? error.name : "thrown";
  }
};

process.on("message", async (word) => {
  if (word === "try") {
    const { compileTemplate } = await import("#messaging/render");
    const { subject, html } = compileTemplate(template, "en", gym).render({ name: "Mara" }, links);
    const code = nameOf(() => new Function("return 7")());
    const proto = nameOf(() => Reflect.get({}, "__proto__"));
    process.send?.({ code, proto, subject, html } satisfies Tried);
  }
});

import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { auditEvents, communicationTemplates, templateVersions } from "#db/schema/index";
import { standingNames } from "#lib/templates/placeholders";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate } from "../test/support/factories.ts";
import { templateContent } from "../test/support/template-content.ts";
import { type SavedTemplate, saveTemplate } from "./save-template.ts";

const clock = clockAt("2026-11-22");
const names = { known: standingNames, senderDomain: "gym.example" };

const saved = (result: SavedTemplate) => {
  if (result.outcome !== "saved") {
    throw new Error(JSON.stringify(result));
  }
  return result;
};

test("a template is created, changed and kept in versions, with the placeholders that it takes", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const content = templateContent({ subject: "Hi {{ member_first_name }}", translations: { de: { subject: "Hoi" } } });
  const first = saved(await saveTemplate(tx, { name: "Hello", content, actorId: admin.id }, names, clock));
  const { id, revision } = first;
  const next = { ...content, body_html: "<p>{{ gym_name }}</p>" };
  const second = saved(
    await saveTemplate(tx, { id, revision, name: "Hello!", content: next, actorId: admin.id }, names, clock),
  );
  expect(second).toMatchObject({ id, revision: revision + 1, problems: [] });
  expect(await tx.select().from(communicationTemplates)).toMatchObject([
    {
      name: "Hello!",
      subject: content.subject,
      bodyHtml: next.body_html,
      placeholders: ["gym_name", "member_first_name"],
      translations: { de: { subject: "Hoi" } },
      updatedBy: admin.id,
    },
  ]);
  const versions = await tx.select().from(templateVersions).where(eq(templateVersions.templateId, id));
  expect(versions).toMatchObject([
    { number: 1, content, createdBy: admin.id },
    { number: 2, content: next },
  ]);
  expect((await tx.select().from(auditEvents)).map(({ action }) => action)).toEqual([
    "template.created",
    "template.edited",
  ]);
});

test("a preview text is kept, makes a version of its own, and brings its placeholders", async ({ tx }) => {
  const content = templateContent();
  const { id, revision } = saved(await saveTemplate(tx, { name: "Hello", content, actorId: null }, names, clock));
  const next = {
    ...content,
    preview_text: "Hi {{ member_first_name }}",
    translations: { de: { preview_text: "Hoi" } },
  };
  saved(await saveTemplate(tx, { id, revision, name: "Hello", content: next, actorId: null }, names, clock));
  expect(await tx.select().from(communicationTemplates)).toMatchObject([
    { previewText: next.preview_text, translations: next.translations, placeholders: ["member_first_name"] },
  ]);
  const only = { ...next, preview_text: "Hi" };
  saved(
    await saveTemplate(tx, { id, revision: revision + 1, name: "Hello", content: only, actorId: null }, names, clock),
  );
  const versions = await tx.select().from(templateVersions).where(eq(templateVersions.templateId, id));
  expect(versions.map(({ content: { preview_text } }) => preview_text)).toEqual([null, next.preview_text, "Hi"]);
});

test("B15: what is wrong is told by field and line, and nothing is stored", async ({ tx }) => {
  const content = templateContent({ body_html: "<p>\n{{ member_frist_name }}</p>", subject: "" });
  expect(await saveTemplate(tx, { name: "Hello", content, actorId: null }, names, clock)).toMatchObject({
    outcome: "refused",
    problems: [
      { field: "subject", severity: "error" },
      { field: "body_html", line: 2, column: 4, message: expect.stringContaining("did you mean member_first_name?") },
    ],
  });
  expect(await tx.$count(communicationTemplates)).toBe(0);
});

test("B18: what is unsafe is taken out when it is saved, and said", async ({ tx }) => {
  const content = templateContent({ body_html: "<p>Hi</p><script>alert(1)</script>" });
  const result = saved(await saveTemplate(tx, { name: "Hello", content, actorId: null }, names, clock));
  expect(result.content.body_html).toBe("<p>Hi</p>");
  expect(result.problems).toMatchObject([
    { field: "body_html", message: expect.stringContaining("1 unsafe part removed") },
  ]);
  expect(await tx.select().from(communicationTemplates)).toMatchObject([{ bodyHtml: "<p>Hi</p>" }]);
});

test("a name is one template's alone within its channel", async ({ tx }) => {
  await createTemplate(tx, { name: "Hello" });
  const refused = tx.transaction((inner) =>
    saveTemplate(inner, { name: "Hello", content: templateContent(), actorId: null }, names, clock),
  );
  await expect(refused).rejects.toMatchObject({ code: "conflict", fields: { name: "Choose another name." } });
  const sms = templateContent({ channel: "sms", body_text: "Hi", body_html: null });
  saved(await saveTemplate(tx, { name: "Hello", content: sms, actorId: null }, names, clock));
});

test("an archived template, or one of another channel, is not changed", async ({ tx }) => {
  const { id, revision } = await createTemplate(tx, { name: "Hello", archivedAt: clock.now });
  const change = { id, revision, name: "Hello", content: templateContent(), actorId: null };
  await expect(saveTemplate(tx, change, names, clock)).rejects.toMatchObject({ code: "not_found" });
  await expect(saveTemplate(tx, { ...change, id: 999 }, names, clock)).rejects.toMatchObject({ code: "not_found" });
});

test("G16: of all who save on top of the same text one wins, and the others hear whose it is", async ({
  database: { db },
}) => {
  const admin = await createMember(db, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const templates = await Promise.all(Array.from({ length: 5 }, (_, n) => createTemplate(db, { name: `Raced ${n}` })));
  const attempts = templates.flatMap(({ id, revision, name }) =>
    Array.from({ length: 10 }, (_, n) => ({ id, revision, name, text: `from ${n}` })),
  );
  const results = await Promise.all(
    attempts.map(({ text, ...template }) =>
      saveTemplate(db, { ...template, content: templateContent({ subject: text }), actorId: admin.id }, names, clock),
    ),
  );
  for (const { id, revision } of templates) {
    const own = results.filter((_, index) => attempts[index]?.id === id);
    const winners = own.filter(({ outcome }) => outcome === "saved");
    const losers = own.filter(({ outcome }) => outcome === "conflict");
    expect([winners.length, losers.length]).toEqual([1, 9]);
    expect(losers[0]).toMatchObject({ revision: revision + 1, editor: "Rico Frei", editedAt: clock.now });
    expect(await db.$count(templateVersions, eq(templateVersions.templateId, id))).toBe(2);
  }
});

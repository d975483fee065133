import { expect } from "vitest";
import { workflowRuns } from "#db/schema/index";
import { startRuns } from "../test/support/act.ts";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { templateContent } from "../test/support/template-content.ts";
import { drawInScheme, inboxText, previewTemplate, readPreviewReader, sampleReader } from "./preview-template.ts";

const clock = clockAt("2026-11-22");
const gym = { name: "Gym", postalAddress: "Street 1", language: "en" };
const links = { appUrl: "https://app.gym.example" };

test("a preview says of a member what a message would, and samples only of what a run brings along", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Ünal", membershipLevel: null, language: "de" });
  const workflow = await createWorkflow(tx);
  const samples = { days_inactive: "31", voucher: "WINTER" };
  const read = () => readPreviewReader(tx, member.id, { workflowIds: [workflow.id], samples });
  const content = templateContent({
    subject: "{{ member_first_name }} [{{ membership_level }}] {{ days_inactive }} {{ voucher }}",
    translations: { de: { body_text: "Hallo" } },
  });
  const draw = async () => {
    const reader = await read();
    return reader && previewTemplate(content, reader, gym, links);
  };
  expect(await draw()).toMatchObject({ message: { subject: "Ünal [] 31 WINTER" }, language: "de", error: null });
  await startRuns(tx, workflow.id, [member.id], clock);
  await tx.update(workflowRuns).set({ facts: { days_inactive: 45 } });
  expect(await draw()).toMatchObject({ message: { subject: "Ünal [] 45 WINTER" } });
});

test("nobody is previewed who is no member, or not any more", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const erased = await createMember(tx, { erasedAt: clock.now });
  for (const id of [admin.id, erased.id, 999_999]) {
    expect(await readPreviewReader(tx, id, { workflowIds: [], samples: {} })).toBeNull();
  }
});

test("what cannot be rendered says why", () => {
  const broken = templateContent({ subject: "{{ member_first_name" });
  expect(previewTemplate(broken, sampleReader("en", {}), gym, links)).toMatchObject({
    message: null,
    error: expect.stringContaining("subject"),
  });
});

test("an SMS brings its parts along, and an email its colours for light and dark", () => {
  const sms = templateContent({ channel: "sms", body_html: null, body_text: "Grüezi, Noë" });
  expect(previewTemplate(sms, sampleReader("en", {}), gym, links)).toMatchObject({
    sms: { segments: 1, encoding: "UCS-2", nonGsm: ["ë"] },
  });
  const { message } = previewTemplate(templateContent(), sampleReader("en", {}), gym, links);
  expect(message && drawInScheme(message.html, "dark")).toContain("@media all {");
  expect(message && drawInScheme(message.html, "light")).toContain("@media not all {");
});

test("what an inbox shows beside the subject is how the mail begins", () => {
  const content = templateContent({
    body_html: "<p>Hi {{ member_first_name }} &amp; all</p><p>Second</p><p>Third</p>",
  });
  const { message } = previewTemplate(content, sampleReader("en", {}), gym, links);
  expect(message && inboxText(message.html)).toBe("Hi Mara & all Second");
});

test("a preview text takes that place, filled in and escaped, in the language that the body is in", () => {
  const content = templateContent({
    preview_text: "For {{ member_first_name }} <b> & you",
    translations: {
      de: { preview_text: "Für {{ member_first_name }}", body_html: "<p>Hallo</p>" },
      fr: { body_html: "<p>Salut {{ member_first_name }}</p>" },
      it: { subject: "Ciao" },
    },
  });
  const inboxIn = (language: string) => {
    const { message } = previewTemplate(content, sampleReader(language, {}), gym, links);
    return message && inboxText(message.html);
  };
  expect(inboxIn("en")).toBe("For Mara <b> & you");
  expect(inboxIn("de")).toBe("Für Mara");
  expect(inboxIn("fr")).toBe("Salut Mara");
  expect(inboxIn("it")).toBe("For Mara <b> & you");
  const { message } = previewTemplate(content, sampleReader("en", {}), gym, links);
  expect(message?.html).toContain("For Mara &lt;b&gt; &amp; you");
  expect(message?.text).not.toContain("For Mara");
});

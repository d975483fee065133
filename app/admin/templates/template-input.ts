import { z } from "zod";
import { describeUnstorable } from "#lib/storable";
import { languageCodes } from "#lib/template-texts";

const text = (label: string, most: number) =>
  z
    .string(`${label}: a text.`)
    .max(most, `${label}: ${most} characters at most.`)
    .superRefine((value, check) => {
      const problem = describeUnstorable(value);
      if (problem) {
        check.addIssue({ code: "custom", message: `${label} ${problem}.` });
      }
    });

const line = (label: string) => text(label, 2_000);
const body = (label: string) => text(label, 200_000);

export const templateName = text("Name", 100).trim().min(1, "Name: give 1 to 100 characters.");

const translation = z.strictObject({
  subject: line("Subject").optional(),
  preview_text: line("Preview text").optional(),
  title: line("Title").optional(),
  body_html: body("Body").optional(),
  body_text: body("Text").optional(),
  action_url: line("Link").optional(),
});

/** What the designer edits, in the shape in which it is stored. What is wrong with it beyond that is told by its fields. */
export const templateContent = z.strictObject({
  channel: z.enum(["email", "in_app", "sms"]),
  class: z.enum(["marketing", "service"]),
  language: z.enum(languageCodes),
  subject: line("Subject").nullable(),
  preview_text: line("Preview text").nullable().default(null),
  title: line("Title"),
  body_html: body("Body").nullable(),
  body_text: body("Text").nullable(),
  from_address: line("Sender").nullable(),
  from_name: line("Sender").nullable(),
  action_url: line("Link").nullable(),
  icon: text("Icon", 50).min(1),
  translations: z.partialRecord(z.enum(languageCodes), translation),
});

export const templateId = z.int().positive();

/** A template as it stands in the designer, and who is to read it. */
export const previewInput = z.strictObject({
  templateId: templateId.nullable(),
  content: templateContent,
  language: z.enum(languageCodes),
  memberId: z.int().positive().nullable(),
});

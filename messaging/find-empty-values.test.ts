import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { templateContent } from "../test/support/template-content.ts";
import { findEmptyValues } from "./find-empty-values.ts";

const gym = { name: "Gym", postalAddress: "Street 1", language: "en" };
const reader = {
  name: "Lea Moser",
  language: "de",
  values: { member_first_name: "Lea", membership_level: " ", join_date: null },
};
const find = (given: Partial<TemplateContent>, who = reader) => findEmptyValues(templateContent(given), who, gym);

test("E68: a preview tells which placeholders say nothing to its reader, where, and what to write instead", () => {
  const body_html = "<p>Hi {{ member_first_name }}</p>\n<p>{{ membership_level }}, {{ membership_level | upcase }}</p>";
  const message = `'membership_level' says nothing to Lea Moser. Give other words for that: {{ membership_level | default: "…" }}.`;
  expect(find({ body_html })).toEqual([{ field: "body_html", line: 2, column: 4, severity: "warning", message }]);
  // In the language in which that reader gets it, field by field.
  const translations = { de: { subject: "Seit {{ join_date }}" } };
  expect(
    find({ body_html: "<p>{{ join_date }}</p>", translations })
      .map(({ field }) => field)
      .sort(),
  ).toEqual(["body_html", "translations.de.subject"]);
  expect(find({ subject: "{{ join_date }}", translations: { de: { subject: "Hallo" } } })).toEqual([]);
});

test.each([
  '{{ membership_level | default: "member" }}',
  "{% if membership_level %}{{ membership_level }}{% endif %}",
  "{% unless join_date == nil %}{{ join_date }}{% endunless %}",
  "{{ gym_name }} {{ app_url }} {{ unsubscribe_url }} {{ member_first_name }}",
  "{{ broken",
  "nothing at all",
])("E68: %s says something to everybody, or cannot be read", (subject) => {
  expect(find({ subject })).toEqual([]);
});

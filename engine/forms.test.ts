import { expect, test } from "vitest";
import { z } from "zod";
import { actions } from "./actions/index.ts";
import { conditions } from "./conditions/index.ts";
import { choice } from "./fields.ts";
import { describeFields, describeForms } from "./forms.ts";
import { triggers } from "./triggers/index.ts";

const forms = describeForms();

const definitions = [
  ...triggers.entries.map((entry) => ({ kind: "triggers" as const, ...entry })),
  ...actions.entries.map((entry) => ({ kind: "actions" as const, ...entry })),
  ...conditions.entries.map((entry) => ({ kind: "conditions" as const, ...entry })),
];

test.for(definitions)("$kind: $type can be drawn, with every parameter it has", ({ kind, type, params }) => {
  const form = forms[kind].find((form) => form.type === type);
  expect(form?.fields.map(({ name }) => name)).toEqual(Object.keys(params.shape));
  for (const field of form?.fields ?? []) {
    expect(field.label).not.toBe(field.name);
    // What is filled in with the starting values alone is what the schema makes of nothing.
    const given = (params.shape as Record<string, z.ZodType>)[field.name]?.safeParse(undefined);
    expect({ field: field.name, isOptional: given?.success }).toEqual({
      field: field.name,
      isOptional: field.isOptional,
    });
    if ("default" in field) {
      expect(given?.data).toEqual(field.default);
    }
  }
});

test("forms go to the browser as they are", () => {
  expect(JSON.parse(JSON.stringify(forms))).toEqual(forms);
});

test("a field says what its schema checks, and no more", () => {
  const lowEngagement = forms.triggers.find(({ type }) => type === "low_engagement");
  expect(lowEngagement).toMatchObject({ audience: "active", isManual: false, facts: [{ name: "days_inactive" }, {}] });
  expect(lowEngagement?.fields[0]).toEqual({
    name: "inactive_days",
    label: "Days without a visit",
    unit: "days",
    kind: "integer",
    minimum: 1,
    maximum: 3650,
    default: 30,
    isOptional: true,
  });
  const task = forms.actions.find(({ type }) => type === "assign_task_to_staff");
  expect(task?.fields.find(({ name }) => name === "staff_id")).toEqual({
    name: "staff_id",
    label: "Person",
    kind: "pick",
    pick: "staff",
    isOptional: true,
  });
  expect(forms.wait.map(({ label, maximum }) => [label, maximum])).toEqual([
    ["Days", 365],
    ["Hours", 8760],
    ["Minutes", 525_600],
  ]);
  expect(forms.head.map(({ name }) => name)).toEqual(["name", "description", "cooldownPeriodDays"]);
});

const strange: [string, z.ZodType][] = [
  ["a list", z.array(z.string()).meta({ label: "Tags" })],
  ["an object", z.object({ a: z.string() })],
  ["either of two", z.union([z.string(), z.number()])],
  ["a date", z.iso.date()],
  ["multiples", z.int().multipleOf(5)],
  ["more than", z.number().gt(0)],
  ["anything", z.unknown()],
];

test.for(strange)("%s is no field: the definition is refused, not drawn by halves", ([, schema]) => {
  expect(() => describeFields(z.object({ given: schema }))).toThrow('no field for "given"');
});

test("a definition that nobody here has heard of is drawn by its schema", () => {
  const schema = z.object({ way: choice({ a: "One way", b: "Another" }).meta({ label: "Way" }) });
  expect(describeFields(schema)).toEqual([
    {
      name: "way",
      label: "Way",
      kind: "choice",
      options: [
        { value: "a", label: "One way" },
        { value: "b", label: "Another" },
      ],
      isOptional: false,
    },
  ]);
});

import { z } from "zod";
import { actions } from "#engine/actions/index";
import { conditions } from "#engine/conditions/index";
import type { Trigger } from "#engine/define";
import { triggers } from "#engine/triggers/index";

type Entry = { type: string; label: string; help: string; params: z.ZodObject };

/** What zod tells of one parameter, with what its `meta` adds. */
type Field = {
  type?: string;
  label?: string;
  unit?: string;
  help?: string;
  pick?: keyof typeof picks;
  options?: Record<string, string>;
  enum?: string[];
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

/** docs/catalog.md as a whole: what a workflow may be built from, said by the definitions themselves. */
export const catalogText = () => `# Catalog

What workflows are built from. Written by \`npm run catalog\` from the definitions in \`engine/\`: edit those, not
this page. Days before and after are those of the starting values.

## Triggers

${byType<Trigger>(triggers.entries).map(triggerSection).join("\n\n")}

## Conditions

For branches and exits; combined with \`{ "all": […] }\`, \`{ "any": […] }\` and \`{ "not": … }\`. What is not known does not hold.

${byType<Entry>(conditions.entries).map(section).join("\n\n")}

## Actions

${byType<Entry>(actions.entries).map(section).join("\n\n")}
`;

const byType = <Definition extends Entry>(entries: Definition[]) =>
  entries.toSorted((one, other) => (one.type < other.type ? -1 : 1));

const section = (entry: Entry): string =>
  [`### ${entry.label} (\`${entry.type}\`)`, entry.help, parameterTable(entry.params)].filter(Boolean).join("\n\n");

function triggerSection(trigger: Trigger): string {
  const facts = Object.entries(trigger.facts).map(
    ([name, { label, sample }]) => `- \`{{ ${name} }}\`: ${label} (${sample})`,
  );
  const rules = [
    `For ${trigger.audience ?? "active"} members.`,
    ...whenAnswered(trigger),
    trigger.staleAfterHours ? `What is more than ${trigger.staleAfterHours} hours late is dropped.` : "",
  ];
  return [
    section(trigger),
    rules
      .filter(Boolean)
      .map((rule) => `- ${rule}`)
      .join("\n"),
    facts.length > 0 ? `Templates may say:\n\n${facts.join("\n")}` : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function parameterTable(params: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(params, { io: "input", unrepresentable: "any" });
  const rows = Object.entries(properties).map(([name, property]) => {
    const field = property as Field;
    const start = "default" in field ? code(field.default) : required.includes(name) ? "required" : "optional";
    return [code(name, false), [field.label, field.help].filter(Boolean).join(". "), takes(field), start];
  });
  if (rows.length === 0) {
    return "";
  }
  const head = [
    ["parameter", "meaning", "takes", "starts as"],
    ["---", "---", "---", "---"],
  ];
  return [...head, ...rows].map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n");
}

const picks = {
  email_template: "email templates",
  in_app_template: "in-app templates",
  sms_template: "SMS templates",
  staff: "staff",
} satisfies Record<NonNullable<z.core.GlobalMeta["pick"]>, string>;

const code = (value: unknown, isJson = true) => `\`${isJson ? JSON.stringify(value) : value}\``;
const inCell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function takes(field: Field): string {
  if (field.pick) {
    return `one of the gym's ${picks[field.pick]}`;
  }
  if (field.enum) {
    return field.enum.map((value) => `${code(value)} (${field.options?.[value] ?? value})`).join(", ");
  }
  if (field.type === "integer" || field.type === "number") {
    const least =
      field.minimum ?? (field.exclusiveMinimum === undefined ? undefined : `more than ${field.exclusiveMinimum}`);
    const kind = field.type === "integer" ? "a whole number" : "a number";
    return [kind, between(limit(least), limit(field.maximum)), field.unit].filter(Boolean).join(" ");
  }
  if (field.type === "string") {
    const range = between(field.minLength, field.maxLength);
    return `text${range && ` of ${range.replace(/^from /, "")} characters`}`;
  }
  return field.type ?? "anything";
}

/** An integer without limits of its own has JavaScript's, which tell nobody anything. */
const limit = (value: number | string | undefined) =>
  typeof value === "number" && Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;

function between(least: number | string | undefined, most: number | string | undefined): string {
  if (least !== undefined && most !== undefined) {
    return `from ${least} to ${most}`;
  }
  return least !== undefined ? `from ${least} up` : most !== undefined ? `up to ${most}` : "";
}

/** Its window and its events, in words; once for each choice that must be made, since all of it may hang on that. */
function whenAnswered(trigger: Trigger): string[] {
  if (trigger.isManual) {
    return ["Sweeps pass it over."];
  }
  return sampleParams(trigger.params).flatMap(({ params, choices }) => {
    const window = trigger.window?.(params) ?? null;
    const { occurrence } = trigger.match(params, anyClock, { first: anyClock.today, last: anyClock.today });
    const repeats = occurrence ? "each happening is answered once" : "again after each cooldown";
    const events = trigger.startsOn?.(params) ?? [];
    return [
      `${choices}${capitalize(window ? windowText(window) : "on any day while it is so")}; ${repeats}.`,
      events.length > 0 ? `${choices}At once on: ${events.join(", ")}.` : "",
    ];
  });
}

const anyClock = { now: new Date(0), today: "1970-01-01", timeZone: "UTC" };

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** With the parameters' starting values. */
function windowText({ daysBefore, daysAfter }: { daysBefore: number; daysAfter: number }): string {
  const days = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;
  const from = daysBefore > 0 ? `from ${days(daysBefore)} before the day` : "on the day";
  if (daysAfter === 0) {
    return daysBefore > 0 ? `${from} up to the day itself` : from;
  }
  return `${from} up to ${days(Math.abs(daysAfter))} ${daysAfter > 0 ? "after" : "before"} it`;
}

/** Parameters that parse: the defaults, each required choice in turn, and the least of anything else required. */
function sampleParams(schema: z.ZodObject): { params: Record<string, unknown>; choices: string }[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  let samples: { given: Record<string, unknown>; choices: string[] }[] = [{ given: {}, choices: [] }];
  for (const name of required.filter((name) => !("default" in (properties[name] as Field)))) {
    const field = properties[name] as Field;
    const values = field.enum ?? [field.type === "string" ? "x".repeat(field.minLength ?? 1) : (field.minimum ?? 1)];
    samples = samples.flatMap(({ given, choices }) =>
      values.map((value) => ({
        given: { ...given, [name]: value },
        choices: field.enum ? [...choices, `\`${value}\``] : choices,
      })),
    );
  }
  return samples.map(({ given, choices }) => ({
    params: schema.parse(given),
    choices: choices.map((choice) => `${choice}: `).join(""),
  }));
}

/** The language of the starters' own texts is English. */
type Translated = "de" | "fr" | "it";

type Text = { subject?: string; title?: string; body_html?: string; body_text?: string };

type Config = { type: string; params: Record<string, unknown> };

type Condition = Config | { not: Condition } | { all: Condition[] } | { any: Condition[] };

type Step =
  | { id: number; action: Config }
  | { id: number; wait: { days: number } }
  | { id: number; branch: { if: Condition; then: Step[]; else: Step[] } };

/** What templates say in one language, by their ids. */
export type Texts = Record<number, Text>;

type Template = Text & {
  /** Unique among all starters. */
  id: number;
  name: string;
  channel: "email" | "in_app" | "sms";
  class: "marketing" | "service";
  icon?: string;
};

/** A part of the configuration that comes with the product, in the shape of a configuration file. */
export type Starter = {
  templates: (Template & { translations: Record<Translated, Text> })[];
  workflows: {
    name: string;
    description: string;
    trigger: Config;
    steps: Step[];
    exit_when: Condition[];
    cooldown_period_days: number;
  }[];
};

/** Templates with their translations: one that lacks any of them is a type error. */
export const inEveryLanguage = <Id extends number>(
  templates: (Template & { id: Id })[],
  { de, fr, it }: Record<Translated, Record<NoInfer<Id>, Text>>,
): Starter["templates"] =>
  templates.map((template) => ({
    ...template,
    translations: { de: de[template.id], fr: fr[template.id], it: it[template.id] },
  }));

export const email = (id: number, template: number): Step => ({
  id,
  action: { type: "send_email", params: { template_id: template } },
});

export const notify = (id: number, template: number): Step => ({
  id,
  action: { type: "send_in_app_notification", params: { template_id: template } },
});

export const text = (id: number, template: number): Step => ({
  id,
  action: { type: "send_sms", params: { template_id: template } },
});

export const wait = (id: number, days: number): Step => ({ id, wait: { days } });

type Task = {
  description: string;
  due_date_offset_days: number;
  priority?: "high";
  assignee_rule?: "round_robin";
};

export const task = (id: number, params: Task): Step => ({ id, action: { type: "assign_task_to_staff", params } });

export const when = (id: number, condition: Condition, yes: Step[], no: Step[] = []): Step => ({
  id,
  branch: { if: condition, then: yes, else: no },
});

/** Their last visit is fewer than so many days back: whom `low_engagement` with as many days leaves alone. */
export const visitedWithin = (days: number): Condition => ({ type: "visited_within", params: { days } });

export const visitedSinceStart: Condition = { type: "visited_since_start", params: {} };

export const renewed: Condition = { type: "membership_renewed", params: {} };

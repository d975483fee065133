import { anniversaries as de } from "./de/anniversaries.ts";
import { anniversaries as fr } from "./fr/anniversaries.ts";
import { anniversaries as it } from "./it/anniversaries.ts";
import { email, inEveryLanguage, notify, type Starter } from "./starter.ts";

type Workflow = Starter["workflows"][number];

/** Months have no trigger of their own: so many days after joining, on that day or up to a week later, is when they are told of. */
const months = (name: string, days_since_join: number, template: number): Workflow => ({
  name: `${name} as a member`,
  description: `A notification ${name.toLowerCase()} after joining, ${days_since_join} days by the calendar. Sells nothing.`,
  trigger: { type: "new_member_welcome", params: { days_since_join } },
  steps: [notify(1, template)],
  exit_when: [],
  cooldown_period_days: 7,
});

const years = (name: string, value: number): Workflow => ({
  name: `${name} as a member`,
  description: `Thanks members ${name.toLowerCase()} after they joined. Sells nothing.`,
  trigger: { type: "milestone_achieved", params: { type: "anniversary", value } },
  steps: [notify(1, 1014), email(2, 1015)],
  exit_when: [],
  cooldown_period_days: 30,
});

/** How long somebody has been a member: all but the first year, which brings a present. */
export const anniversaries: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 1011,
        name: "One month: notification",
        channel: "in_app",
        class: "marketing",
        icon: "calendar",
        title: "One month with us",
        body_text:
          "The first month is the one that decides whether training becomes a habit. If a day or an hour does not suit you so well, ask at the desk for a better one.",
      },
      {
        id: 1012,
        name: "Three months: notification",
        channel: "in_app",
        class: "marketing",
        icon: "calendar",
        title: "Three months with us",
        body_text:
          "Three months are long enough to see what has changed. Ask your trainer to go through your plan with you: it may be time for the next one.",
      },
      {
        id: 1013,
        name: "Half a year: notification",
        channel: "in_app",
        class: "marketing",
        icon: "calendar",
        title: "Half a year with us",
        body_text:
          "You have been with {{ gym_name }} for half a year. Thank you. Is there something you have been meaning to try? Tell us at the desk.",
      },
      {
        id: 1014,
        name: "Years: notification",
        channel: "in_app",
        class: "marketing",
        icon: "trophy",
        title: "{{ milestone_value }} years with us",
        body_text:
          "You joined on {{ join_date }}, and you are still here. Thank you, from everybody at {{ gym_name }}.",
      },
      {
        id: 1015,
        name: "Years: email",
        channel: "email",
        class: "marketing",
        subject: "{{ milestone_value }} years at {{ gym_name }}",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You joined on {{ join_date }}: {{ milestone_value }} years ago. Few people stay with anything that long, and we are glad that you stay with us.</p>
<p>You have seen more of this gym than most. What should we keep as it is, and what should we change? Reply with one sentence. We read every answer.</p>
<p>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    months("One month", 30, 1011),
    months("Three months", 91, 1012),
    months("Half a year", 182, 1013),
    years("Two years", 2),
    years("Three years", 3),
  ],
};

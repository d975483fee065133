import { celebrations as de } from "./de/celebrations.ts";
import { celebrations as fr } from "./fr/celebrations.ts";
import { celebrations as it } from "./it/celebrations.ts";
import { email, inEveryLanguage, notify, type Starter, wait } from "./starter.ts";

/** Birthdays, and the first anniversary of joining. */
export const celebrations: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 1001,
        name: "Birthday: notification",
        channel: "in_app",
        class: "marketing",
        icon: "cake",
        title: `Happy birthday{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
        body_text:
          "Train, rest or eat cake: today all three count. All the best for the year ahead, from everybody at {{ gym_name }}.",
      },
      {
        id: 1002,
        name: "Birthday: email",
        channel: "email",
        class: "marketing",
        subject: `Happy birthday{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>This one is about you, not about training: all the best on your birthday, from everybody at {{ gym_name }}. Come by, stay at home or eat cake; today all three count.</p>
<p>And when the candles are out: is there something you would like to have by your next birthday? A pull-up, a first 10 km, a back that does not complain? Reply with one sentence, and we will think of the first step.</p>
<p>Have a good day,<br>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1003,
        name: "One year: notification",
        channel: "in_app",
        class: "marketing",
        icon: "gift",
        title: "One year with us{% if member_first_name %}, {{ member_first_name }}{% endif %}",
        body_text:
          "You joined on {{ join_date }}. Thank you for this year. Bring somebody along: a free day for a guest of yours is in your account for the next 14 days.",
      },
      {
        id: 1004,
        name: "One year: email",
        channel: "email",
        class: "marketing",
        subject: "One year at {{ gym_name }}",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You joined on {{ join_date }}: one year ago. Thank you for staying with us.</p>
<p>As a small present, a guest of yours trains here for one day, free of charge. The guest day is in your account for 14 days; show it at the desk when you come together.</p>
<p>And because a year is a good moment to ask: what should be different in the next one? Reply with one sentence. We read every answer.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1005,
        name: "One year: reminder",
        channel: "in_app",
        class: "marketing",
        icon: "gift",
        title: "Your guest day",
        body_text: "If you have not used it yet: the free day for a guest of yours is good for one more week.",
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "Birthday",
      description: "Congratulates members on their birthday. Sells nothing.",
      trigger: { type: "birthday", params: {} },
      steps: [notify(1, 1001), email(2, 1002)],
      exit_when: [],
      cooldown_period_days: 7,
    },
    {
      name: "One year as a member",
      description:
        "Thanks members a year after they joined with a free day for a guest (code ONE-YEAR-GUEST, 14 days), and reminds them a week later. Switch it on only if your gym gives that.",
      trigger: { type: "milestone_achieved", params: { type: "anniversary", value: 1 } },
      steps: [
        {
          id: 1,
          action: {
            type: "offer_discount",
            params: {
              offer_code: "ONE-YEAR-GUEST",
              description: "One day of training for a guest of yours, free of charge",
              duration_days: 14,
            },
          },
        },
        notify(2, 1003),
        email(3, 1004),
        wait(4, 7),
        notify(5, 1005),
      ],
      exit_when: [],
      cooldown_period_days: 30,
    },
  ],
};

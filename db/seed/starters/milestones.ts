import { milestones as de } from "./de/milestones.ts";
import { milestones as fr } from "./fr/milestones.ts";
import { milestones as it } from "./it/milestones.ts";
import { email, inEveryLanguage, notify, type Starter, wait } from "./starter.ts";

type Workflow = Starter["workflows"][number];

const milestone = (value: number, description: string, steps: Workflow["steps"]): Workflow => ({
  name: `${value} visits`,
  description: `${description} Once for each member. Switched on for those who match now, several of the milestones would reach long-standing members on one day: choose “only from now on”.`,
  trigger: { type: "milestone_achieved", params: { type: "classes_attended", value } },
  steps,
  exit_when: [],
  cooldown_period_days: 7,
});

/** Visits in total. The email comes on the next morning. */
export const milestones: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 901,
        name: "Milestone: notification",
        channel: "in_app",
        class: "marketing",
        icon: "trophy",
        title: "{{ milestone_value }} visits",
        body_text:
          "You have trained at {{ gym_name }} {{ milestone_value }} times. Nobody did that for you. Well done.",
      },
      {
        id: 902,
        name: "Milestone: email",
        channel: "email",
        class: "marketing",
        subject: "{{ milestone_value }} visits",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You have trained at {{ gym_name }} <strong>{{ milestone_value }} times</strong>. Some of them were surely easy, and some took everything just to leave the sofa. All of them count.</p>
<p>What can you do today that you could not do on the first visit? Reply with one sentence. We would like to know, and so would your trainer.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 903,
        name: "Milestone: guest day",
        channel: "email",
        class: "marketing",
        subject: "{{ milestone_value }} visits, and a day for a guest of yours",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You have trained at {{ gym_name }} <strong>{{ milestone_value }} times</strong>. You know the place by now, so you know whom it would suit.</p>
<p>Bring them along: a free day for a guest of yours is in your account for 30 days. Show it at the desk when you come together.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 904,
        name: "Milestone: review",
        channel: "email",
        class: "marketing",
        subject: "{{ milestone_value }} visits: what would you tell others?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You have trained at {{ gym_name }} <strong>{{ milestone_value }} times</strong>. Few people could tell others better what it is like here.</p>
<p>If you have five minutes: write a review where people look for gyms, with what is good and what is not. And if something bothers you, reply to this email; we would like to put it right.</p>
<p>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    milestone(10, "A notification on the tenth visit.", [notify(1, 901)]),
    milestone(25, "A notification, and an email on the next day.", [notify(1, 901), wait(2, 1), email(3, 902)]),
    milestone(50, "A notification, and an email on the next day.", [notify(1, 901), wait(2, 1), email(3, 902)]),
    milestone(
      75,
      "A notification, and on the next day a free day for a guest (code GUEST-DAY, 30 days): for gyms that give that.",
      [
        notify(1, 901),
        wait(2, 1),
        {
          id: 3,
          action: {
            type: "offer_discount",
            params: {
              offer_code: "GUEST-DAY",
              description: "One day of training for a guest of yours, free of charge",
              duration_days: 30,
            },
          },
        },
        email(4, 903),
      ],
    ),
    milestone(100, "A notification, and an email on the next day.", [notify(1, 901), wait(2, 1), email(3, 902)]),
    milestone(150, "A notification, and on the next day an email that asks for a review.", [
      notify(1, 901),
      wait(2, 1),
      email(3, 904),
    ]),
    milestone(500, "A notification, and an email on the next day.", [notify(1, 901), wait(2, 1), email(3, 902)]),
  ],
};

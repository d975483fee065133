import { absence as de } from "./de/absence.ts";
import { absence as fr } from "./fr/absence.ts";
import { absence as it } from "./it/absence.ts";
import {
  email,
  inEveryLanguage,
  notify,
  type Starter,
  task,
  text,
  visitedSinceStart,
  visitedWithin,
  wait,
  when,
} from "./starter.ts";

type Step = Starter["workflows"][number]["steps"][number];

/** What follows once they are back. Five steps. */
const greet = (firstId: number): Step[] => [
  notify(firstId, 405),
  wait(firstId + 1, 7),
  // The day of the greeting counts, and the visit before it does not: that was a day earlier.
  when(firstId + 2, visitedWithin(8), [
    {
      id: firstId + 3,
      action: { type: "grant_credits", params: { amount: 5, reason: "Your second visit after a break" } },
    },
    notify(firstId + 4, 406),
  ]),
];

/** Who stopped coming, and who came back. */
export const absence: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 401,
        name: "Absence: notification",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "A short session counts too",
        body_text: `{% if last_visit_on %}You last trained on {{ last_visit_on }}.{% else %}Your membership is waiting for its first session.{% endif %} Twenty minutes are enough for a start. If you would like a plan for it, ask for one at the desk.`,
      },
      {
        id: 402,
        name: "Absence: email",
        channel: "email",
        class: "marketing",
        subject: "Shall we plan your next session?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>{% if last_visit_on %}You last trained with us on {{ last_visit_on }}.{% else %}You joined on {{ join_date }}, and we have not seen you train yet.{% endif %} Work, travel, a cold: there is usually a good reason, and you do not owe us one.</p>
<p>If starting again is the hard part, we can make it smaller. Reply to this email with a day that suits you, and a trainer will take 20 minutes for you:</p>
<ul>
<li>a look at where you stand today</li>
<li>a plan that fits into your next two weeks</li>
<li>nothing to prepare: just bring your shoes</li>
</ul>
<p>See you soon,<br>The team at {{ gym_name }}</p>`,
      },
      {
        id: 403,
        name: "Absence: notification after ten days",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "How are you?",
        body_text:
          "You last trained on {{ last_visit_on }}. No pressure: there is usually a good reason. If something is in the way, the times, the plan or something that hurts, tell us at the desk.",
      },
      {
        id: 404,
        name: "Absence: text message",
        channel: "sms",
        class: "marketing",
        body_text:
          'Hi {{ member_first_name | default: "there" }}, we hope you are well. Shall we keep a time for you this week? Call or come by. {{ gym_name }}. Opt out: reply STOP',
      },
      {
        id: 405,
        name: "Welcome back: notification",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "Good to see you again",
        body_text:
          "The first visit after a break is the hardest, and it is behind you. Come once more within the next 7 days, and we add 5 credits to your account.",
      },
      {
        id: 406,
        name: "Welcome back: credits",
        channel: "in_app",
        class: "service",
        icon: "gift",
        title: "5 credits for you",
        body_text: "You came a second time, as agreed: 5 credits are in your account.",
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "Has not come for ten days",
      description:
        "Asks after members who have not trained for 10 days: a notification, 4 days later a text message. Offers nothing. Stops as soon as they come back, and leaves whoever has been away for 21 days, or never came, to the other workflows.",
      trigger: { type: "low_engagement", params: { inactive_days: 10 } },
      steps: [notify(1, 403), wait(2, 4), text(3, 404)],
      exit_when: [visitedSinceStart, { not: visitedWithin(21) }],
      cooldown_period_days: 60,
    },
    {
      name: "Has not come for three weeks",
      description:
        "Writes to members who have not trained for 21 days, and asks their trainer to call them 3 days later. Stops as soon as they come back.",
      trigger: { type: "low_engagement", params: { inactive_days: 21 } },
      steps: [
        notify(1, 401),
        email(2, 402),
        { id: 3, action: { type: "add_tag", params: { tag: "absence-contacted" } } },
        wait(4, 3),
        task(5, {
          description:
            'Call {{ member_first_name | default: "the member" }} {{ member_last_name }}: {% if last_visit_on %}last trained on {{ last_visit_on }}{% else %}has never trained here{% endif %}. Ask how they are, and note what they say.',
          due_date_offset_days: 2,
        }),
      ],
      exit_when: [visitedSinceStart],
      cooldown_period_days: 30,
    },
    {
      name: "Welcome back",
      description:
        "Watches members who have not trained for 14 days, and writes nothing to them until they are back: then a greeting, and 5 credits if they come a second time within a week. Looks after 2, 5 and 12 days.",
      trigger: { type: "low_engagement", params: { inactive_days: 14 } },
      steps: [
        wait(1, 2),
        when(2, visitedSinceStart, greet(10), [
          wait(3, 3),
          when(4, visitedSinceStart, greet(20), [wait(5, 7), when(6, visitedSinceStart, greet(30))]),
        ]),
      ],
      exit_when: [],
      cooldown_period_days: 30,
    },
  ],
};

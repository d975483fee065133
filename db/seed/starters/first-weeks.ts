import { firstWeeks as de } from "./de/first-weeks.ts";
import { firstWeeks as fr } from "./fr/first-weeks.ts";
import { firstWeeks as it } from "./it/first-weeks.ts";
import { email, inEveryLanguage, notify, type Starter, task, text, visitedWithin, wait, when } from "./starter.ts";

/** From the first visit to a habit. */
export const firstWeeks: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 201,
        name: "First weeks: notification after the first visit",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "The first visit is done",
        body_text:
          "It was the hardest one. Choose the day for the next visit now: two fixed days a week are easier to keep than good intentions.",
      },
      {
        id: 202,
        name: "First weeks: notification after a week",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "You came back",
        body_text:
          "That is how a habit begins. Same day, same time next week? If you would like a plan for the weeks to come, ask for one at the desk.",
      },
      {
        id: 203,
        name: "First weeks: text message",
        channel: "sms",
        class: "marketing",
        body_text:
          'Hi {{ member_first_name | default: "there" }}, the second visit makes the habit. Which day suits you this week? Call or come by. {{ gym_name }}. Opt out: reply STOP',
      },
      {
        id: 204,
        name: "First weeks: notification after two weeks",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "Two weeks since you began",
        body_text:
          "And you keep coming. If an exercise feels wrong or too easy, tell a trainer: a plan is there to be changed.",
      },
      {
        id: 205,
        name: "First weeks: email after four weeks",
        channel: "email",
        class: "marketing",
        subject: "Four weeks since your first visit",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Your first visit was on {{ first_visit_on }}, and you are still coming. The first weeks are the hardest part of training, and they are behind you.</p>
<p>Two questions for the next four:</p>
<ul>
<li>What goes better than in the first week?</li>
<li>What would you like to be able to do next?</li>
</ul>
<p>Reply with one sentence for each, or tell a trainer. We will look at your plan with you.</p>
<p>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "First four weeks",
      description:
        "Accompanies members from their first visit on: praise when they come again, one text message when the first week brings no second visit, after 21 days a task for the trainer when they have become rare, an email after 28. Longer silence is left to “Has not come for ten days” and “Has not come for three weeks”.",
      trigger: { type: "first_visit", params: {} },
      steps: [
        wait(1, 1),
        notify(2, 201),
        wait(3, 6),
        // After the first visit itself, which was a week ago.
        when(4, visitedWithin(6), [notify(5, 202)], [text(6, 203)]),
        wait(7, 7),
        when(8, visitedWithin(7), [notify(9, 204)]),
        wait(10, 7),
        when(11, { all: [{ not: visitedWithin(7) }, visitedWithin(21)] }, [
          task(12, {
            description:
              'Talk with {{ member_first_name | default: "the new member" }} {{ member_last_name }}: the first visit was on {{ first_visit_on }}, and there was none in the last week. Does the plan fit?',
            due_date_offset_days: 3,
          }),
        ]),
        wait(13, 7),
        when(14, visitedWithin(7), [email(15, 205)]),
      ],
      exit_when: [],
      cooldown_period_days: 30,
    },
  ],
};

import { habit as de } from "./de/habit.ts";
import { habit as fr } from "./fr/habit.ts";
import { habit as it } from "./it/habit.ts";
import {
  email,
  inEveryLanguage,
  notify,
  type Starter,
  task,
  visitedSinceStart,
  visitedWithin,
  wait,
} from "./starter.ts";

/** Who still comes, and less: by their own habit, and by the risk score. */
export const habit: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 301,
        name: "Habit: notification",
        channel: "in_app",
        class: "marketing",
        icon: "heart",
        title: "Has your week changed?",
        body_text:
          "You have come less often lately than in the weeks before. If your usual times no longer fit, ask at the desk: we will find others together.",
      },
      {
        id: 302,
        name: "Habit: email",
        channel: "email",
        class: "marketing",
        subject: "Shall we look for other times?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Weeks change: a new job, a child, a course in the evening. Often training is the first thing to give way, although it is just what would help.</p>
<p>Reply with two times that could work for you in the next two weeks, however short. We will tell you when it is quiet here, and what fits into the time you have.</p>
<p>And if it is something else, something that hurts or a plan that bores you, tell us that instead.</p>
<p>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "Habit is slipping",
      description:
        "For members who still come, but less than half as often as in their own eight weeks before: a notification, 3 days later an email, 4 days later a task for their trainer. Stops with the next visit, and leaves whoever has not come for ten days to “Has not come for ten days”.",
      trigger: { type: "habit_drop", params: { max_share: 0.5 } },
      steps: [
        notify(1, 301),
        wait(2, 3),
        email(3, 302),
        wait(4, 4),
        task(5, {
          description:
            'Talk with {{ member_first_name | default: "the member" }} {{ member_last_name }}: {{ visits_a_week }} visits a week lately, {{ visits_a_week_before }} before. Ask what has changed.',
          due_date_offset_days: 3,
        }),
      ],
      exit_when: [visitedSinceStart, { not: visitedWithin(10) }],
      cooldown_period_days: 45,
    },
    {
      name: "Likely to leave",
      description:
        "Gives the trainer a task for members with a high risk score who still come. Writes nothing to the member: a person who listens does more. Who has not come for three weeks is left to “Has not come for three weeks”.",
      trigger: { type: "high_retention_risk", params: { risk_score_threshold: 0.7 } },
      steps: [
        task(1, {
          description:
            '{{ member_first_name | default: "A member" }} {{ member_last_name }} may be about to leave{% if risk_reasons %} ({{ risk_reasons }}){% endif %}. Take ten minutes at the next visit: ask how training goes, and listen before you suggest anything.',
          due_date_offset_days: 3,
          priority: "high",
        }),
      ],
      exit_when: [{ not: visitedWithin(21) }],
      cooldown_period_days: 60,
    },
  ],
};

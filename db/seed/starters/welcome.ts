import { welcome as de } from "./de/welcome.ts";
import { welcome as fr } from "./fr/welcome.ts";
import { welcome as it } from "./it/welcome.ts";
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

/** From joining to the first visit. */
export const welcome: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 101,
        name: "Welcome: notification",
        channel: "in_app",
        class: "service",
        icon: "heart",
        title: "Welcome{% if member_first_name %}, {{ member_first_name }}{% endif %}",
        body_text:
          "Good to have you at {{ gym_name }}. This is where you find what we write to you, and the settings for what you want to hear from us.",
      },
      {
        id: 102,
        name: "Welcome: email",
        channel: "email",
        class: "service",
        subject: "Welcome to {{ gym_name }}: which day suits you?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Good to have you with us. The first visit is the hardest one, so let us make it easy: choose a day for it now.</p>
<p><strong>Reply to this email with a day and a time.</strong> Somebody from the team will expect you, show you around and start with you. Sports clothes, clean shoes and something to drink are all you need.</p>
<p>Would you rather just come by? That is fine, too. Say at the desk that it is your first time.</p>
<p>See you soon,<br>The team at {{ gym_name }}</p>`,
      },
      {
        id: 103,
        name: "First visit: notification",
        channel: "in_app",
        class: "marketing",
        icon: "calendar",
        title: "Shall we keep a time for you?",
        body_text:
          "The first visit is easier when somebody expects you. Tell us a day and a time, at the desk or in reply to our welcome email, and we will be there.",
      },
      {
        id: 104,
        name: "First visit: text message",
        channel: "sms",
        class: "marketing",
        body_text:
          'Hi {{ member_first_name | default: "there" }}, shall we keep a time for your first visit? Call us or come by. {{ gym_name }}. Opt out: reply STOP',
      },
      {
        id: 105,
        name: "First visit: email",
        channel: "email",
        class: "marketing",
        subject: "Is something in the way?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>You joined on {{ joined_on }}, and we have not seen you train yet. That happens to many people, usually for one of these reasons:</p>
<ul>
<li><strong>No time.</strong> Half an hour is enough for a whole session. We will show you one.</li>
<li><strong>Not sure how to begin.</strong> Somebody from the team starts with you.</li>
<li><strong>Something hurts.</strong> Tell us what, and we will find what you can do.</li>
</ul>
<p>Reply with yours, whether it is on this list or not. A person reads it and answers.</p>
<p>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "Welcome",
      description:
        "Greets new members and helps them to their first visit: an email, a day later a text message, after 3 days a call by their trainer, after 10 an email, after 14 a task for somebody else. Stops with the first visit. “First four weeks” goes on from there.",
      trigger: { type: "new_member_welcome", params: { days_since_join: 0 } },
      steps: [
        notify(1, 101),
        // Who trained on the day they joined needs no help to a first visit.
        when(
          2,
          visitedWithin(30),
          [],
          [
            email(3, 102),
            wait(4, 1),
            notify(5, 103),
            text(6, 104),
            wait(7, 2),
            task(8, {
              description:
                'Call {{ member_first_name | default: "the new member" }} {{ member_last_name }}: joined on {{ joined_on }} and has not come yet. Book the first session together.',
              due_date_offset_days: 2,
            }),
            wait(9, 7),
            email(10, 105),
            wait(11, 4),
            task(12, {
              description:
                '{{ member_first_name | default: "A new member" }} {{ member_last_name }} joined on {{ joined_on }} and has still not come. Find out who spoke with them, and decide what happens next.',
              due_date_offset_days: 2,
              priority: "high",
              assignee_rule: "round_robin",
            }),
          ],
        ),
      ],
      exit_when: [visitedSinceStart],
      cooldown_period_days: 30,
    },
  ],
};

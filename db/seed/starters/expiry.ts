import { expiry as de } from "./de/expiry.ts";
import { expiry as fr } from "./fr/expiry.ts";
import { expiry as it } from "./it/expiry.ts";
import { email, inEveryLanguage, notify, renewed, type Starter, task, text, wait } from "./starter.ts";

/** The end of a membership, and after it. */
export const expiry: Starter = {
  templates: inEveryLanguage(
    [
      {
        id: 1101,
        name: "Expiry: notification",
        channel: "in_app",
        class: "service",
        icon: "calendar",
        title: "Your membership ends on {{ expires_on }}",
        body_text:
          "If you would like to stay, tell us at the desk or answer our email, and everything goes on as before. If not, you can train with us up to that day.",
      },
      {
        id: 1102,
        name: "Expiry: email",
        channel: "email",
        class: "service",
        subject: "Your membership ends on {{ expires_on }}",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Your {% if membership_level %}{{ membership_level }} {% endif %}membership ends on <strong>{{ expires_on }}</strong>. It does not renew by itself, so the decision is yours:</p>
<ul>
<li><strong>You stay as you are.</strong> Reply “I am staying”, and we prepare the new membership.</li>
<li><strong>Something should change.</strong> Another level, a break, fewer months: reply with a few words, or come to the desk.</li>
<li><strong>You stop.</strong> There is nothing to do. You can train with us up to and including that day.</li>
</ul>
<p>Whatever you choose: it has been good to have you here since {{ join_date }}.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1103,
        name: "Expiry: a month before",
        channel: "in_app",
        class: "service",
        icon: "calendar",
        title: "Your membership runs until {{ expires_on }}",
        body_text:
          "A good moment to look back: what went well, and what should the next months bring? A trainer takes a quarter of an hour for it if you ask at the desk.",
      },
      {
        id: 1104,
        name: "Expiry: text message",
        channel: "sms",
        class: "service",
        body_text:
          'Hi {{ member_first_name | default: "there" }}, your membership ends on {{ expires_on }}. If you want to stay, call us or come to the desk. {{ gym_name }}',
      },
      {
        id: 1105,
        name: "Expired: email",
        channel: "email",
        class: "marketing",
        subject: "The door stays open",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Your membership ended on {{ expired_on }}. Thank you for training with us.</p>
<p>If you meant to renew and it slipped your mind: reply “I am staying”, and we prepare everything. If you meant to stop, there is nothing to do.</p>
<p>We would be glad of one sentence either way: what was good, and what was missing?</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1401,
        name: "Come back: email after a month",
        channel: "email",
        class: "marketing",
        subject: "How is training going?",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Your membership at {{ gym_name }} ended on {{ expired_on }}. Perhaps you train somewhere else now, perhaps not at all; both are fine.</p>
<p>If you stopped for a reason that we could change, the times, the price, the plan, tell us which. Reply with one sentence, and a person answers.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1402,
        name: "Come back: email after three months",
        channel: "email",
        class: "marketing",
        subject: "A day of training, on us",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Would you like to see how it feels again? A day of training at {{ gym_name }} is yours, free of charge and without a contract. It is good for 30 days; tell us your name at the desk.</p>
<p>If you would like somebody to start with you, reply with a day, and we keep the time.</p>
<p>The team at {{ gym_name }}</p>`,
      },
      {
        id: 1403,
        name: "Come back: last email",
        channel: "email",
        class: "marketing",
        subject: "We will not write about this again",
        body_html: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>Your membership ended on {{ expired_on }}, and this is the last time that we ask whether you would like to come back.</p>
<p>If you ever do, come to the desk or reply to this email. You are welcome.</p>
<p>All the best,<br>The team at {{ gym_name }}</p>`,
      },
    ],
    { de, fr, it },
  ),
  workflows: [
    {
      name: "Membership ends in a month",
      description:
        "A notification 30 days before a membership ends, and nothing else. “Membership is about to end” follows 14 days before. Switched on for those who match now, both would reach members with less than 14 days left on the same day: choose “only from now on” for this one.",
      trigger: { type: "membership_expiry_upcoming", params: { days_before: 30 } },
      steps: [notify(1, 1103)],
      exit_when: [renewed],
      cooldown_period_days: 30,
    },
    {
      name: "Membership is about to end",
      description:
        "Tells members two weeks before their membership ends; a text message a week later, and 4 days after that a task to ask them. Stops as soon as it is renewed, and when it has ended.",
      trigger: { type: "membership_expiry_upcoming", params: { days_before: 14 } },
      steps: [
        notify(1, 1101),
        email(2, 1102),
        wait(3, 7),
        text(4, 1104),
        wait(5, 4),
        task(6, {
          description:
            'Ask {{ member_first_name | default: "the member" }} {{ member_last_name }}: the membership ends on {{ expires_on }} and is not renewed. Do they stay, and if not, why?',
          due_date_offset_days: 1,
        }),
      ],
      exit_when: [renewed],
      cooldown_period_days: 7,
    },
    {
      name: "Membership has ended",
      description:
        "One email 3 days after a membership ended, for those who forgot to renew. “Come back” writes a month after the end, and stops by itself when they join again.",
      trigger: { type: "membership_expired", params: { days_after: 3 } },
      steps: [email(1, 1105)],
      exit_when: [],
      cooldown_period_days: 30,
    },
    {
      name: "Come back",
      description:
        "Writes to former members three times: a month after the end, after three months with a free day of training (code COME-BACK-DAY, 30 days), and a last time after six. Stops when they join again. Switch it on only if your gym gives that day.",
      trigger: { type: "membership_expired", params: { days_after: 30 } },
      steps: [
        email(1, 1401),
        wait(2, 60),
        {
          id: 3,
          action: {
            type: "offer_discount",
            params: {
              offer_code: "COME-BACK-DAY",
              description: "One day of training, free of charge",
              duration_days: 30,
            },
          },
        },
        email(4, 1402),
        wait(5, 90),
        email(6, 1403),
      ],
      exit_when: [],
      cooldown_period_days: 180,
    },
  ],
};

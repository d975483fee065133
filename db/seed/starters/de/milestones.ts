import type { Texts } from "../starter.ts";

export const milestones = {
  901: {
    title: "{{ milestone_value }} Trainings",
    body_text:
      "Du hast {{ milestone_value }} Mal bei {{ gym_name }} trainiert. Das hat dir niemand abgenommen. Gut gemacht.",
  },
  902: {
    subject: "{{ milestone_value }} Trainings",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Du hast <strong>{{ milestone_value }} Mal</strong> bei {{ gym_name }} trainiert. Manchmal war das sicher leicht, und manchmal war der Weg vom Sofa zur Tür der härteste Teil. Gezählt hat jedes Mal.</p>
<p>Was kannst du heute, was du beim ersten Besuch noch nicht konntest? Antworte mit einem Satz. Wir wüssten es gern.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  903: {
    subject: "{{ milestone_value }} Trainings, und ein Tag für deinen Gast",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Du hast <strong>{{ milestone_value }} Mal</strong> bei {{ gym_name }} trainiert. Du kennst das Haus inzwischen, also weisst du auch, zu wem es passt.</p>
<p>Bring diese Person mit: Ein Gratistag für deinen Gast liegt 30 Tage lang auf deinem Konto. Zeig ihn am Empfang, wenn ihr zusammen kommt.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  904: {
    subject: "{{ milestone_value }} Trainings: Was würdest du anderen erzählen?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Du hast <strong>{{ milestone_value }} Mal</strong> bei {{ gym_name }} trainiert. Kaum jemand könnte anderen besser erzählen, wie es hier ist.</p>
<p>Wenn du fünf Minuten hast: Schreib eine Bewertung, dort, wo man nach einem Gym sucht, mit dem, was gut ist, und dem, was nicht. Und wenn dich etwas stört, antworte auf diese E-Mail; wir möchten es in Ordnung bringen.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

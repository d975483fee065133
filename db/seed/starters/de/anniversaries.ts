import type { Texts } from "../starter.ts";

export const anniversaries = {
  1011: {
    title: "Ein Monat bei uns",
    body_text:
      "Im ersten Monat entscheidet sich, ob Training zur Gewohnheit wird. Wenn dir ein Tag oder eine Zeit nicht so gut passt, frag am Empfang: Wir finden etwas Besseres.",
  },
  1012: {
    title: "Drei Monate bei uns",
    body_text:
      "Drei Monate sind lang genug, um zu sehen, was sich verändert hat. Geh deinen Plan mit jemandem vom Team durch: Vielleicht ist es Zeit für den nächsten.",
  },
  1013: {
    title: "Ein halbes Jahr bei uns",
    body_text:
      "Du bist seit einem halben Jahr bei {{ gym_name }}. Danke dafür. Gibt es etwas, das du schon lange ausprobieren möchtest? Sag es uns am Empfang.",
  },
  1014: {
    title: "{{ milestone_value }} Jahre bei uns",
    body_text: "Am {{ join_date }} hast du angefangen, und du bist immer noch da. Danke, von allen bei {{ gym_name }}.",
  },
  1015: {
    subject: "{{ milestone_value }} Jahre bei {{ gym_name }}",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Am {{ join_date }} hast du bei uns angefangen, vor {{ milestone_value }} Jahren. So lange bleiben die wenigsten bei etwas, und wir freuen uns, dass du bei uns bleibst.</p>
<p>Du kennst dieses Gym besser als die meisten. Was sollen wir lassen, wie es ist, und was ändern? Antworte mit einem Satz. Wir lesen jede Antwort.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

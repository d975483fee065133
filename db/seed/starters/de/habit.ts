import type { Texts } from "../starter.ts";

export const habit = {
  301: {
    title: "Hat sich deine Woche verändert?",
    body_text:
      "Du warst zuletzt seltener hier als in den Wochen davor. Wenn deine üblichen Zeiten nicht mehr passen, komm an den Empfang: Wir suchen mit dir andere.",
  },
  302: {
    subject: "Suchen wir andere Zeiten?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Wochen verändern sich: eine neue Stelle, ein Kind, ein Kurs am Abend. Oft fällt das Training als Erstes weg, obwohl gerade das guttäte.</p>
<p>Antworte mit zwei Zeiten, die in den nächsten zwei Wochen gehen könnten, auch wenn sie kurz sind. Wir sagen dir, wann es hier ruhig ist und was in deine Zeit passt.</p>
<p>Und wenn es etwas anderes ist, etwas, das wehtut, oder ein Plan, der dich langweilt, dann schreib uns das.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

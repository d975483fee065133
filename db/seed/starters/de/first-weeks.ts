import type { Texts } from "../starter.ts";

export const firstWeeks = {
  201: {
    title: "Der erste Besuch ist geschafft",
    body_text:
      "Es war der schwerste. Leg den Tag für den nächsten gleich fest: Zwei feste Tage pro Woche halten besser als gute Vorsätze.",
  },
  202: {
    title: "Du bist wiedergekommen",
    body_text:
      "So fängt eine Gewohnheit an. Nächste Woche am gleichen Tag, zur gleichen Zeit? Wenn du einen Plan für die nächsten Wochen möchtest, frag am Empfang danach.",
  },
  203: {
    body_text:
      'Hallo {{ member_first_name | default: "du" }}, mit dem zweiten Besuch beginnt die Gewohnheit. Welcher Tag passt dir? Komm vorbei. {{ gym_name }}. Abmelden: STOP',
  },
  204: {
    title: "Zwei Wochen dabei",
    body_text:
      "Und du kommst immer wieder. Fühlt sich eine Übung falsch an oder zu leicht, sag es jemandem vom Team: Ein Plan darf sich ändern.",
  },
  205: {
    subject: "Vier Wochen seit deinem ersten Besuch",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Am {{ first_visit_on }} warst du zum ersten Mal hier, und du kommst immer noch. Die ersten Wochen sind die schwersten, und sie liegen hinter dir.</p>
<p>Zwei Fragen für die nächsten vier:</p>
<ul>
<li>Was geht besser als in der ersten Woche?</li>
<li>Was möchtest du als Nächstes können?</li>
</ul>
<p>Antworte mit je einem Satz, oder erzähl es uns im Training. Wir schauen deinen Plan mit dir an.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

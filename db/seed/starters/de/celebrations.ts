import type { Texts } from "../starter.ts";

export const celebrations = {
  1001: {
    title: "Alles Gute zum Geburtstag{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "Trainieren, ausruhen oder Kuchen essen: Heute zählt alles. Ein gutes neues Lebensjahr wünschen dir alle von {{ gym_name }}.",
  },
  1002: {
    subject: "Alles Gute zum Geburtstag{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Heute geht es um dich und nicht ums Training: Alles Gute zum Geburtstag, von allen bei {{ gym_name }}. Komm vorbei, bleib zu Hause oder iss Kuchen; heute zählt alles.</p>
<p>Und wenn die Kerzen aus sind: Was soll bis zum nächsten Geburtstag gehen? Ein Klimmzug, die ersten 10 km, ein Rücken, der nicht klagt? Antworte mit einem Satz, und wir überlegen uns den ersten Schritt.</p>
<p>Hab einen schönen Tag<br>dein Team von {{ gym_name }}</p>`,
  },
  1003: {
    title: "Ein Jahr bei uns{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "Seit dem {{ join_date }} bist du dabei. Danke für dieses Jahr. Bring jemanden mit: Ein Gratistag für deinen Gast liegt die nächsten 14 Tage auf deinem Konto.",
  },
  1004: {
    subject: "Ein Jahr bei {{ gym_name }}",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Am {{ join_date }} hast du bei uns angefangen, vor einem Jahr. Danke, dass du geblieben bist.</p>
<p>Unser kleines Geschenk: Dein Gast trainiert hier einen Tag lang gratis. Der Gratistag liegt 14 Tage lang auf deinem Konto; zeig ihn am Empfang, wenn ihr zusammen kommt.</p>
<p>Und weil ein Jahr ein guter Moment zum Fragen ist: Was soll im nächsten anders sein? Antworte mit einem Satz. Wir lesen jede Antwort.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  1005: {
    title: "Der Gratistag für deinen Gast",
    body_text: "Falls du ihn noch nicht gebraucht hast: Er gilt noch eine Woche.",
  },
} satisfies Texts;

import type { Texts } from "../starter.ts";

export const absence = {
  401: {
    title: "Auch ein kurzes Training zählt",
    body_text:
      "{% if last_visit_on %}Zuletzt hast du am {{ last_visit_on }} trainiert.{% else %}Dein erstes Training steht noch aus.{% endif %} Zwanzig Minuten reichen für den Anfang. Wenn du einen Plan dafür möchtest, frag am Empfang danach.",
  },
  402: {
    subject: "Planen wir dein nächstes Training?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>{% if last_visit_on %}Zuletzt hast du am {{ last_visit_on }} bei uns trainiert.{% else %}Du bist seit dem {{ join_date }} dabei, und wir haben dich noch nicht beim Training gesehen.{% endif %} Arbeit, Ferien, eine Erkältung: Meist gibt es einen guten Grund, und du schuldest uns keinen.</p>
<p>Falls der Anfang das Schwierige ist, machen wir ihn kleiner. Antworte mit einem Tag, der dir passt, und jemand aus dem Team nimmt sich 20 Minuten Zeit für dich:</p>
<ul>
<li>ein Blick darauf, wo du heute stehst</li>
<li>ein Plan, der in deine nächsten zwei Wochen passt</li>
<li>nichts vorzubereiten, nur Turnschuhe mitbringen</li>
</ul>
<p>Bis bald<br>dein Team von {{ gym_name }}</p>`,
  },
  403: {
    title: "Wie geht es dir?",
    body_text:
      "Zuletzt hast du am {{ last_visit_on }} trainiert. Kein Druck, meist gibt es einen guten Grund. Wenn etwas im Weg steht, die Zeiten, der Plan oder etwas, das wehtut, sag es uns am Empfang.",
  },
  404: {
    body_text:
      'Hallo {{ member_first_name | default: "du" }}, geht es dir gut? Sollen wir dir diese Woche eine Zeit freihalten? Ruf uns an. {{ gym_name }}. Abmelden: STOP',
  },
  405: {
    title: "Schön, dass du wieder da bist",
    body_text:
      "Der erste Besuch nach einer Pause ist der schwerste, und er liegt hinter dir. Komm in den nächsten 7 Tagen noch einmal, und wir schreiben dir 5 Credits gut.",
  },
  406: {
    title: "5 Credits für dich",
    body_text: "Du bist ein zweites Mal gekommen, wie abgemacht: 5 Credits sind auf deinem Konto.",
  },
} satisfies Texts;

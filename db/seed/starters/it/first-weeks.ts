import type { Texts } from "../starter.ts";

export const firstWeeks = {
  201: {
    title: "La prima visita è fatta",
    body_text:
      "Era la più difficile. Scegli subito il giorno della prossima: due giorni fissi a settimana reggono meglio dei buoni propositi.",
  },
  202: {
    title: "Eccoti di nuovo",
    body_text:
      "È così che nasce un’abitudine. Stesso giorno e stessa ora la settimana prossima? Se vuoi un programma per le settimane che vengono, chiedilo alla reception.",
  },
  203: {
    body_text: `Ciao {{ member_first_name | default: "a te" }}, è la seconda visita che crea l'abitudine. Quale giorno ti va bene? Chiama o passa. {{ gym_name }}. Niente SMS: STOP`,
  },
  204: {
    title: "Sono già due settimane",
    body_text:
      "E continui a venire. Se un esercizio ti dà fastidio o ti sembra troppo facile, dillo al team: un programma è fatto per cambiare.",
  },
  205: {
    subject: "Quattro settimane dalla prima visita",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>{{ first_visit_on }}: era la tua prima visita, e da allora continui a venire. Le prime settimane sono le più dure, e ormai sono alle tue spalle.</p>
<p>Due domande per le prossime quattro:</p>
<ul>
<li>Che cosa va meglio rispetto alla prima settimana?</li>
<li>Che cosa ti piacerebbe riuscire a fare?</li>
</ul>
<p>Basta una frase per ciascuna, per e-mail o a voce. Poi guardiamo insieme il tuo programma.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

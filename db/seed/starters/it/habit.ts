import type { Texts } from "../starter.ts";

export const habit = {
  301: {
    title: "La tua settimana è cambiata?",
    body_text:
      "Ultimamente vieni meno spesso di prima. Se i tuoi soliti orari non vanno più bene, chiedi alla reception: ne cerchiamo altri insieme.",
  },
  302: {
    subject: "Cerchiamo altri orari?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>le settimane cambiano: un nuovo lavoro, un figlio, un corso serale. Spesso è l’allenamento a cedere per primo, anche se è proprio quello che farebbe bene.</p>
<p>Rispondi con due momenti possibili nelle prossime due settimane, anche brevi. Ti diciamo quando qui è più tranquillo e che cosa ci sta nel tempo che hai.</p>
<p>E se c’è dell’altro, un dolore o un programma che ti annoia, scrivici quello.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

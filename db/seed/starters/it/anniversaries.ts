import type { Texts } from "../starter.ts";

export const anniversaries = {
  1011: {
    title: "Un mese con noi",
    body_text:
      "È il primo mese a decidere se allenarsi diventa un’abitudine. Se un giorno o un orario non ti va del tutto bene, chiedi alla reception: ne troviamo uno migliore.",
  },
  1012: {
    title: "Tre mesi con noi",
    body_text:
      "Tre mesi bastano per vedere che cosa è cambiato. Chiedi al team di guardare il programma con te: forse è ora di passare al prossimo.",
  },
  1013: {
    title: "Sei mesi con noi",
    body_text:
      "Fai parte di {{ gym_name }} da mezzo anno: grazie. C’è qualcosa che vorresti provare da tempo? Diccelo alla reception.",
  },
  1014: {
    title: "{{ milestone_value }} anni con noi",
    body_text: "{{ join_date }}: quel giorno hai cominciato, e sei ancora qui. Grazie da tutti noi di {{ gym_name }}.",
  },
  1015: {
    subject: "{{ milestone_value }} anni da {{ gym_name }}",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>{{ join_date }}: hai cominciato con noi {{ milestone_value }} anni fa. Pochi restano così a lungo, e siamo contenti che tu sia tra loro.</p>
<p>Conosci questa palestra meglio di tanti. Che cosa dobbiamo lasciare com’è, e che cosa cambiare? Rispondi con una frase. Leggiamo ogni risposta.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

import type { Texts } from "../starter.ts";

export const celebrations = {
  1001: {
    title: "Buon compleanno{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text: "Allenarti, riposare o mangiare la torta: oggi vale tutto. Tanti auguri da tutti noi di {{ gym_name }}.",
  },
  1002: {
    subject: "Buon compleanno{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>oggi si parla di te, non di allenamento: buon compleanno da tutti noi di {{ gym_name }}. Passa a trovarci, resta a casa o mangia la torta: oggi vale tutto.</p>
<p>E quando le candeline saranno spente: che cosa ti piacerebbe per il prossimo compleanno? Una trazione, i primi 10 km, una schiena che non si lamenta? Rispondi con una frase, e pensiamo noi al primo passo.</p>
<p>Buona giornata,<br>Il team di {{ gym_name }}</p>`,
  },
  1003: {
    title: "Un anno con noi{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "{{ join_date }}: quel giorno hai cominciato con noi. Grazie per quest’anno. Porta qualcuno: per 14 giorni, sul tuo conto c’è una giornata gratuita per un tuo ospite.",
  },
  1004: {
    subject: "Un anno da {{ gym_name }}",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>{{ join_date }}: un anno fa hai cominciato con noi. Grazie di esserci ancora.</p>
<p>Ecco un piccolo regalo: un tuo ospite si allena qui per un giorno, gratis. La giornata è sul tuo conto per 14 giorni; mostrala alla reception quando venite insieme.</p>
<p>E visto che un anno è un buon momento per chiedere: che cosa dovrebbe cambiare nel prossimo? Rispondi con una frase. Leggiamo ogni risposta.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  1005: {
    title: "La giornata per il tuo ospite",
    body_text: "Se non l’hai ancora usata: la giornata gratuita per un tuo ospite vale ancora una settimana.",
  },
} satisfies Texts;

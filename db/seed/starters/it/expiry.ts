import type { Texts } from "../starter.ts";

// A day follows a colon or a bracket: its article would have to change with it (il 7, l’8).
export const expiry = {
  1101: {
    title: "Ultimo giorno del tuo abbonamento: {{ expires_on }}",
    body_text:
      "Se vuoi restare, dillo alla reception o rispondi alla nostra e-mail, e tutto continua come prima. Altrimenti puoi allenarti da noi fino a quel giorno.",
  },
  1102: {
    subject: "Ultimo giorno del tuo abbonamento: {{ expires_on }}",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>il tuo abbonamento{% if membership_level %} {{ membership_level }}{% endif %} sta per finire (ultimo giorno: <strong>{{ expires_on }}</strong>). Non si rinnova da solo, quindi decidi tu:</p>
<ul>
<li><strong>Resti come adesso.</strong> Rispondi «Resto», e prepariamo il nuovo abbonamento.</li>
<li><strong>Qualcosa deve cambiare.</strong> Un’altra formula, una pausa, meno mesi: rispondi con due parole o passa alla reception.</li>
<li><strong>Smetti.</strong> Non c’è niente da fare. Puoi allenarti da noi fino a quel giorno compreso.</li>
</ul>
<p>Comunque tu decida, è un piacere averti qui fin dal primo giorno ({{ join_date }}).</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  1103: {
    title: "Scadenza del tuo abbonamento: {{ expires_on }}",
    body_text:
      "È un buon momento per guardare indietro: che cosa è andato bene, e che cosa devono portare i prossimi mesi? Chiedi alla reception, e qualcuno del team ti dedica un quarto d’ora.",
  },
  1104: {
    body_text:
      'Ciao {{ member_first_name | default: "a te" }}, il tuo abbonamento sta per finire ({{ expires_on }}). Vuoi restare? Chiamaci o passa alla reception. {{ gym_name }}',
  },
  1105: {
    subject: "La porta resta aperta",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>il tuo abbonamento è finito (ultimo giorno: {{ expired_on }}). Grazie per il tempo passato con noi.</p>
<p>Volevi rinnovarlo e ti è sfuggito? Rispondi «Resto», e prepariamo tutto. Se volevi smettere, non c’è niente da fare.</p>
<p>In ogni caso ci farebbe piacere una frase: che cosa andava bene, e che cosa mancava?</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  1401: {
    subject: "Come va l’allenamento?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>il tuo abbonamento da {{ gym_name }} è finito (ultimo giorno: {{ expired_on }}). Forse ora ti alleni altrove, forse non ti alleni più: va bene in ogni caso.</p>
<p>Se hai smesso per un motivo che potremmo cambiare, gli orari, il prezzo, il programma, dicci quale. Rispondi con una frase, e ti risponde una persona.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  1402: {
    subject: "Una giornata di allenamento, offerta da noi",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>hai voglia di riprovare? Una giornata di allenamento da {{ gym_name }} è tua, gratis e senza contratto. Vale 30 giorni; basta dire il tuo nome alla reception.</p>
<p>Se vuoi che qualcuno cominci con te, rispondi con un giorno, e ti teniamo l’orario.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  1403: {
    subject: "Non insisteremo",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>il tuo abbonamento è finito (ultimo giorno: {{ expired_on }}), e questa è l’ultima volta che ti chiediamo se vorresti tornare.</p>
<p>Se un giorno ti andrà, passa alla reception o rispondi a questa e-mail. Ci farà piacere.</p>
<p>Un caro saluto,<br>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

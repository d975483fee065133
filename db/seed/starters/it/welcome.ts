import type { Texts } from "../starter.ts";

export const welcome = {
  101: {
    title: "Ti diamo il benvenuto{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "È bello averti da {{ gym_name }}. Qui trovi tutto quello che ti scriviamo e scegli che cosa vuoi ricevere.",
  },
  102: {
    subject: "{{ gym_name }} ti dà il benvenuto: quale giorno ti va bene?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>è bello averti con noi. La prima visita è quella che costa di più: rendiamola facile e scegliamo subito il giorno.</p>
<p><strong>Rispondi a questa e-mail con un giorno e un’ora.</strong> Qualcuno del team ti aspetterà, ti farà vedere tutto e comincerà con te. Servono solo abiti sportivi, scarpe pulite e qualcosa da bere.</p>
<p>Preferisci passare senza avvisare? Va benissimo. Basta dire alla reception che è la prima volta.</p>
<p>A presto,<br>Il team di {{ gym_name }}</p>`,
  },
  103: {
    title: "Fissiamo un orario?",
    body_text:
      "La prima visita è più facile quando qualcuno ti aspetta. Dicci un giorno e un’ora, alla reception o rispondendo alla nostra e-mail di benvenuto, e ci saremo.",
  },
  104: {
    body_text:
      'Ciao {{ member_first_name | default: "a te" }}, fissiamo un orario per la prima visita? Chiamaci o passa a trovarci. {{ gym_name }}. Niente SMS: STOP',
  },
  105: {
    subject: "C’è qualcosa che ti frena?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>sei dei nostri da un po’ (iscrizione: {{ joined_on }}), ma il primo allenamento deve ancora arrivare. Capita a molti, e di solito per uno di questi motivi:</p>
<ul>
<li><strong>Manca il tempo.</strong> Mezz’ora basta per un allenamento completo. Ti mostriamo quale.</li>
<li><strong>Non sai da dove cominciare.</strong> Qualcuno del team comincia con te.</li>
<li><strong>Hai male da qualche parte.</strong> Dicci dove, e cerchiamo che cosa puoi fare.</li>
</ul>
<p>Rispondi con il tuo motivo, anche se qui non c’è. Lo legge una persona, e ti risponde.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

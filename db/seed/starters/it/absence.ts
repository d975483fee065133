import type { Texts } from "../starter.ts";

export const absence = {
  401: {
    title: "Anche un allenamento breve conta",
    body_text:
      "{% if last_visit_on %}Ultimo allenamento: {{ last_visit_on }}.{% else %}Il tuo primo allenamento deve ancora arrivare.{% endif %} Per cominciare bastano venti minuti. Se vuoi un programma adatto, chiedilo alla reception.",
  },
  402: {
    subject: "Fissiamo il tuo prossimo allenamento?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>{% if last_visit_on %}il tuo ultimo allenamento da noi: {{ last_visit_on }}.{% else %}sei dei nostri da un po’ (iscrizione: {{ join_date }}), ma il primo allenamento deve ancora arrivare.{% endif %} Lavoro, vacanze, un raffreddore: di solito c’è un buon motivo, e non devi spiegarcelo.</p>
<p>Se il difficile è cominciare, facciamo un passo più piccolo. Rispondi a questa e-mail con un giorno che ti va bene, e qualcuno del team ti dedica 20 minuti:</p>
<ul>
<li>uno sguardo a come stai oggi</li>
<li>un programma che sta nelle tue prossime due settimane</li>
<li>niente da preparare, porta solo le scarpe</li>
</ul>
<p>A presto,<br>Il team di {{ gym_name }}</p>`,
  },
  403: {
    title: "Come stai?",
    body_text:
      "Ultimo allenamento: {{ last_visit_on }}. Nessuna fretta, di solito c’è un buon motivo. Se qualcosa ti ostacola, un orario, un dolore, il programma, diccelo alla reception.",
  },
  404: {
    body_text:
      'Ciao {{ member_first_name | default: "a te" }}, speriamo che tu stia bene. Fissiamo un orario per questa settimana? Chiamaci. {{ gym_name }}. Niente SMS: STOP',
  },
  405: {
    title: "È bello rivederti",
    body_text:
      "La prima visita dopo una pausa è la più dura, e ormai è alle tue spalle. Torna ancora una volta entro 7 giorni, e aggiungiamo 5 crediti al tuo conto.",
  },
  406: {
    title: "5 crediti per te",
    body_text: "Una seconda visita, come d’accordo: i 5 crediti sono sul tuo conto.",
  },
} satisfies Texts;

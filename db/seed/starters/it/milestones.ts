import type { Texts } from "../starter.ts";

export const milestones = {
  901: {
    title: "{{ milestone_value }} allenamenti",
    body_text:
      "Hai già fatto {{ milestone_value }} allenamenti da {{ gym_name }}. Nessuno li ha fatti al posto tuo. Complimenti.",
  },
  902: {
    subject: "{{ milestone_value }} allenamenti",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>hai fatto <strong>{{ milestone_value }} allenamenti</strong> da {{ gym_name }}. Alcuni saranno stati facili, per altri c’è voluta tutta la forza per alzarsi dal divano. Contano tutti.</p>
<p>Che cosa riesci a fare oggi che la prima volta non ti riusciva? Rispondi con una frase. Ci piacerebbe saperlo.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  903: {
    subject: "{{ milestone_value }} allenamenti, e una giornata per un tuo ospite",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>hai fatto <strong>{{ milestone_value }} allenamenti</strong> da {{ gym_name }}. Ormai conosci bene il posto, e sai a chi piacerebbe.</p>
<p>Porta quella persona con te: sul tuo conto c’è, per 30 giorni, una giornata gratuita per un tuo ospite. Mostrala alla reception quando venite insieme.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
  904: {
    subject: "{{ milestone_value }} allenamenti: che cosa diresti agli altri?",
    body_html: `<p>Ciao {{ member_first_name | default: "a te" }},</p>
<p>hai fatto <strong>{{ milestone_value }} allenamenti</strong> da {{ gym_name }}. Pochi saprebbero raccontare meglio com’è qui.</p>
<p>Se hai cinque minuti, scrivi una recensione dove la gente cerca una palestra, con quello che va e quello che non va. E se qualcosa ti disturba, rispondi a questa e-mail: vorremmo rimediare.</p>
<p>Il team di {{ gym_name }}</p>`,
  },
} satisfies Texts;

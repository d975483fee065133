import type { Texts } from "../starter.ts";

export const habit = {
  301: {
    title: "Ta semaine a changé ?",
    body_text:
      "Ces derniers temps, tu viens moins souvent qu’avant. Si tes horaires habituels ne te conviennent plus, parles-en à l’accueil : nous en cherchons d’autres avec toi.",
  },
  302: {
    subject: "On cherche d’autres horaires ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Les semaines changent : un nouveau travail, un enfant, un cours le soir. Souvent, c’est l’entraînement qui cède en premier, alors qu’il ferait du bien.</p>
<p>Réponds avec deux moments possibles ces deux prochaines semaines, même courts. Nous te dirons quand c’est calme ici et ce qui tient dans le temps que tu as.</p>
<p>Et si c’est autre chose, une douleur ou un programme qui t’ennuie, écris-nous plutôt cela.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

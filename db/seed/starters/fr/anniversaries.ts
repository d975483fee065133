import type { Texts } from "../starter.ts";

export const anniversaries = {
  1011: {
    title: "Un mois avec nous",
    body_text:
      "C’est le premier mois qui décide si l’entraînement devient une habitude. Si un jour ou une heure ne te convient pas tout à fait, dis-le à l’accueil : nous trouverons mieux.",
  },
  1012: {
    title: "Trois mois avec nous",
    body_text:
      "Trois mois, c’est assez pour voir ce qui a changé. Demande à l’équipe de revoir ton programme avec toi : il est peut-être temps de passer au suivant.",
  },
  1013: {
    title: "Six mois avec nous",
    body_text:
      "Voilà une demi-année que tu es des nôtres chez {{ gym_name }}. Merci. Y a-t-il quelque chose que tu aimerais essayer depuis longtemps ? Dis-le-nous à l’accueil.",
  },
  1014: {
    title: "{{ milestone_value }} ans avec nous",
    body_text:
      "Tu as commencé le {{ join_date }}, et tu es toujours là. Merci, de la part de toute l’équipe {{ gym_name }}.",
  },
  1015: {
    subject: "{{ milestone_value }} ans chez {{ gym_name }}",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Tu as commencé chez nous le {{ join_date }}, il y a {{ milestone_value }} ans. Peu de gens tiennent aussi longtemps, et nous sommes heureux que tu restes.</p>
<p>Tu connais cette salle mieux que beaucoup. Que devons-nous garder, et que devons-nous changer ? Réponds en une phrase. Nous lisons toutes les réponses.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

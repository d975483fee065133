import type { Texts } from "../starter.ts";

export const firstWeeks = {
  201: {
    title: "La première visite est faite",
    body_text:
      "C’était la plus dure. Choisis tout de suite le jour de la prochaine : deux jours fixes par semaine tiennent mieux que de bonnes résolutions.",
  },
  202: {
    title: "Te revoilà",
    body_text:
      "C’est ainsi que naît une habitude. Le même jour, à la même heure la semaine prochaine ? Si tu veux un programme pour les semaines à venir, demande-le à l’accueil.",
  },
  203: {
    body_text: `Bonjour {{ member_first_name | default: "à toi" }}, c'est la deuxième visite qui crée l'habitude. Quel jour te convient ? {{ gym_name }}. Se désabonner : STOP`,
  },
  204: {
    title: "Deux semaines déjà",
    body_text:
      "Et tu continues de venir. Si un exercice te gêne ou te paraît trop facile, dis-le à l’équipe : un programme est fait pour évoluer.",
  },
  205: {
    subject: "Quatre semaines depuis ta première visite",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Ta première visite date du {{ first_visit_on }}, et tu viens toujours. Les premières semaines sont les plus dures, et elles sont derrière toi.</p>
<p>Deux questions pour les quatre prochaines :</p>
<ul>
<li>Qu’est-ce qui va mieux que la première semaine ?</li>
<li>Qu’aimerais-tu savoir faire ensuite ?</li>
</ul>
<p>Une phrase pour chacune suffit, par e-mail ou de vive voix. Nous reverrons ton programme avec toi.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

import type { Texts } from "../starter.ts";

export const absence = {
  401: {
    title: "Une courte séance compte aussi",
    body_text:
      "{% if last_visit_on %}Ta dernière séance date du {{ last_visit_on }}.{% else %}Ta première séance t’attend encore.{% endif %} Vingt minutes suffisent pour s’y mettre. Si tu veux un programme pour cela, demande-le à l’accueil.",
  },
  402: {
    subject: "On fixe ta prochaine séance ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>{% if last_visit_on %}Ta dernière séance chez nous date du {{ last_visit_on }}.{% else %}Tu es des nôtres depuis le {{ join_date }}, et ta première séance n’a pas encore eu lieu.{% endif %} Le travail, les vacances, un rhume : il y a souvent une bonne raison, et tu n’as pas à te justifier.</p>
<p>Si le plus dur est de s’y mettre, commençons petit. Réponds à cet e-mail avec un jour qui te convient, et quelqu’un de l’équipe te consacre 20 minutes :</p>
<ul>
<li>un point sur ta forme du moment</li>
<li>un programme pour les deux prochaines semaines, qui tient dans ton agenda</li>
<li>rien à préparer : apporte juste tes chaussures</li>
</ul>
<p>À bientôt,<br>L’équipe {{ gym_name }}</p>`,
  },
  403: {
    title: "Comment vas-tu ?",
    body_text:
      "Ta dernière séance date du {{ last_visit_on }}. Rien ne presse, il y a souvent une bonne raison. Si quelque chose te gêne ici, un horaire, une douleur, le programme, dis-le-nous à l’accueil.",
  },
  404: {
    body_text:
      'Bonjour {{ member_first_name | default: "à toi" }}, tu vas bien ? On te garde un créneau cette semaine ? Appelle ou passe. {{ gym_name }}. Se désabonner : STOP',
  },
  405: {
    title: "Quel plaisir de te revoir",
    body_text:
      "La première visite après une pause est la plus dure, et elle est derrière toi. Reviens une fois dans les 7 prochains jours, et nous ajoutons 5 crédits à ton compte.",
  },
  406: {
    title: "5 crédits pour toi",
    body_text: "Une deuxième visite, comme convenu : les 5 crédits sont sur ton compte.",
  },
} satisfies Texts;

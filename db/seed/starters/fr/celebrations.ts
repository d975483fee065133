import type { Texts } from "../starter.ts";

export const celebrations = {
  1001: {
    title: "Joyeux anniversaire{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "S’entraîner, se reposer ou manger du gâteau : aujourd’hui, tout compte. Toute l’équipe {{ gym_name }} te souhaite une belle année.",
  },
  1002: {
    subject: "Joyeux anniversaire{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Aujourd’hui, il s’agit de toi et pas d’entraînement : joyeux anniversaire, de la part de toute l’équipe {{ gym_name }}. Passe nous voir, reste à la maison ou mange du gâteau : tout compte.</p>
<p>Et quand les bougies seront soufflées : qu’aimerais-tu d’ici au prochain anniversaire ? Une traction, tes 10 premiers kilomètres, un dos qui ne se plaint plus ? Réponds en une phrase, et nous réfléchirons au premier pas.</p>
<p>Belle journée,<br>L’équipe {{ gym_name }}</p>`,
  },
  1003: {
    title: "Un an avec nous{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "Tu es des nôtres depuis le {{ join_date }}. Merci pour cette année. Viens avec quelqu’un : une journée gratuite pour la personne qui t’accompagne est sur ton compte pendant 14 jours.",
  },
  1004: {
    subject: "Un an chez {{ gym_name }}",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Tu as commencé chez nous le {{ join_date }}, il y a un an. Merci d’être toujours là.</p>
<p>Notre petit cadeau : la personne de ton choix s’entraîne ici toute une journée, gratuitement. Cette journée est sur ton compte pendant 14 jours ; présente-la à l’accueil quand vous venez ensemble.</p>
<p>Et comme un an est un bon moment pour demander : qu’est-ce qui devrait changer l’an prochain ? Réponds en une phrase. Nous lisons toutes les réponses.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  1005: {
    title: "La journée à offrir",
    body_text:
      "Si tu ne l’as pas encore utilisée : la journée gratuite pour la personne qui t’accompagne est valable encore une semaine.",
  },
} satisfies Texts;

import type { Texts } from "../starter.ts";

export const expiry = {
  1101: {
    title: "Ton abonnement se termine le {{ expires_on }}",
    body_text:
      "Si tu souhaites rester, dis-le à l’accueil ou réponds à notre e-mail, et tout continue comme avant. Sinon, tu peux t’entraîner chez nous jusqu’à ce jour-là.",
  },
  1102: {
    subject: "Ton abonnement se termine le {{ expires_on }}",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Ton abonnement{% if membership_level %} {{ membership_level }}{% endif %} se termine le <strong>{{ expires_on }}</strong>. Il ne se renouvelle pas tout seul, c’est toi qui décides :</p>
<ul>
<li><strong>Tu restes comme aujourd’hui.</strong> Réponds « Je reste », et nous préparons le nouvel abonnement.</li>
<li><strong>Quelque chose doit changer.</strong> Une autre formule, une pause, moins de mois : réponds en quelques mots ou passe à l’accueil.</li>
<li><strong>Tu arrêtes.</strong> Il n’y a rien à faire. Tu peux t’entraîner chez nous jusqu’à ce jour-là compris.</li>
</ul>
<p>Quel que soit ton choix, c’est un plaisir de t’avoir ici depuis le {{ join_date }}.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  1103: {
    title: "Ton abonnement court jusqu’au {{ expires_on }}",
    body_text:
      "C’est un bon moment pour faire le point : qu’est-ce qui a bien marché, et que doivent apporter les prochains mois ? Demande à l’accueil, et quelqu’un de l’équipe prend un quart d’heure avec toi.",
  },
  1104: {
    body_text: `Bonjour {{ member_first_name | default: "à toi" }}, ton abonnement finit le {{ expires_on }}. Envie de rester ? Appelle ou passe à l'accueil. {{ gym_name }}`,
  },
  1105: {
    subject: "La porte reste ouverte",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Ton abonnement s’est terminé le {{ expired_on }}. Merci pour le temps passé chez nous.</p>
<p>Tu voulais le renouveler et cela t’a échappé ? Réponds « Je reste », et nous préparons tout. Si tu voulais arrêter, il n’y a rien à faire.</p>
<p>Dans les deux cas, une phrase nous ferait plaisir : qu’est-ce qui était bien, et qu’est-ce qui manquait ?</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  1401: {
    subject: "Comment va l’entraînement ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Ton abonnement chez {{ gym_name }} s’est terminé le {{ expired_on }}. Peut-être t’entraînes-tu ailleurs, peut-être plus du tout : les deux sont très bien.</p>
<p>Si tu as arrêté pour une raison que nous pourrions changer, les horaires, le prix, le programme, dis-nous laquelle. Réponds en une phrase, et une personne te répondra.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  1402: {
    subject: "Une journée d’entraînement offerte",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>As-tu envie de réessayer ? Nous t’offrons une journée d’entraînement chez {{ gym_name }}, gratuite et sans contrat. Elle est valable 30 jours ; donne simplement ton nom à l’accueil.</p>
<p>Si tu veux que quelqu’un commence avec toi, réponds avec un jour, et nous gardons le créneau.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  1403: {
    subject: "Nous n’insisterons pas",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Ton abonnement s’est terminé le {{ expired_on }}, et c’est la dernière fois que nous te demandons si tu aimerais revenir.</p>
<p>Si l’envie te prend un jour, passe à l’accueil ou réponds à cet e-mail. Tu auras toujours ta place ici.</p>
<p>Bonne continuation,<br>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

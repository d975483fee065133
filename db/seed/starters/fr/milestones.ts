import type { Texts } from "../starter.ts";

export const milestones = {
  901: {
    title: "{{ milestone_value }} séances",
    body_text: "Déjà {{ milestone_value }} séances chez {{ gym_name }}. Personne ne les a faites à ta place. Bravo.",
  },
  902: {
    subject: "{{ milestone_value }} séances",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Te voilà à <strong>{{ milestone_value }} séances</strong> chez {{ gym_name }}. Certaines ont sûrement été faciles, d’autres t’ont demandé tout ton courage pour quitter le canapé. Toutes comptent.</p>
<p>Que sais-tu faire aujourd’hui que tu ne savais pas faire le premier jour ? Réponds en une phrase. Nous aimerions beaucoup le savoir.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  903: {
    subject: "{{ milestone_value }} séances, et une journée pour la personne de ton choix",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Te voilà à <strong>{{ milestone_value }} séances</strong> chez {{ gym_name }}. Tu connais bien la maison, et tu sais sans doute à qui elle plairait.</p>
<p>Viens avec cette personne : une journée gratuite pour elle est sur ton compte pendant 30 jours. Présente-la à l’accueil quand vous venez ensemble.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
  904: {
    subject: "{{ milestone_value }} séances : qu’en dirais-tu aux autres ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Te voilà à <strong>{{ milestone_value }} séances</strong> chez {{ gym_name }}. Peu de gens pourraient mieux raconter comment c’est ici.</p>
<p>Si tu as cinq minutes, écris un avis là où l’on cherche une salle, avec ce qui est bien et ce qui l’est moins. Et si quelque chose te dérange, réponds à cet e-mail : nous aimerions y remédier.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

import type { Texts } from "../starter.ts";

export const welcome = {
  101: {
    title: "Bienvenue{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "C’est un plaisir de t’avoir chez {{ gym_name }}. Tu retrouves ici tout ce que nous t’écrivons, et tu y choisis ce que tu souhaites recevoir.",
  },
  102: {
    subject: "Bienvenue chez {{ gym_name }} : quel jour te convient ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>C’est un plaisir de t’accueillir. La première visite est celle qui coûte le plus : rendons-la facile et choisissons le jour dès maintenant.</p>
<p><strong>Réponds à cet e-mail avec un jour et une heure.</strong> Quelqu’un de l’équipe t’attendra, te fera visiter et commencera avec toi. Une tenue de sport, des chaussures propres et de quoi boire : il ne te faut rien d’autre.</p>
<p>Tu préfères passer sans prévenir ? C’est très bien aussi. Dis simplement à l’accueil que c’est ta première fois.</p>
<p>À bientôt,<br>L’équipe {{ gym_name }}</p>`,
  },
  103: {
    title: "On te garde un créneau ?",
    body_text:
      "La première visite est plus facile quand quelqu’un t’attend. Donne-nous un jour et une heure, à l’accueil ou en réponse à notre e-mail de bienvenue, et nous serons là.",
  },
  104: {
    body_text:
      'Bonjour {{ member_first_name | default: "à toi" }}, on te garde un créneau pour ta première visite ? Appelle ou passe nous voir. {{ gym_name }}. Se désabonner : STOP',
  },
  105: {
    subject: "Quelque chose te retient ?",
    body_html: `<p>Bonjour {{ member_first_name | default: "à toi" }},</p>
<p>Tu es des nôtres depuis le {{ joined_on }}, et ta première séance n’a pas encore eu lieu. Cela arrive à beaucoup de monde, le plus souvent pour l’une de ces raisons :</p>
<ul>
<li><strong>Pas le temps.</strong> Une demi-heure suffit pour une vraie séance. Nous te montrons laquelle.</li>
<li><strong>Par où commencer ?</strong> Quelqu’un de l’équipe commence avec toi.</li>
<li><strong>Une douleur.</strong> Dis-nous où, et nous cherchons ce que tu peux faire.</li>
</ul>
<p>Réponds avec la tienne, même si elle n’est pas dans la liste. Une personne lit ton message et te répond.</p>
<p>L’équipe {{ gym_name }}</p>`,
  },
} satisfies Texts;

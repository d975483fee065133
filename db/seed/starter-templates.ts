import type { communicationTemplates } from "../schema/index.ts";

type StarterTemplate = Omit<typeof communicationTemplates.$inferInsert, "id"> & { name: string };

/** Templates that come with the product, in English and German. A gym changes them as it likes. */
export const starterTemplates: StarterTemplate[] = [
  {
    name: "Absence: notification",
    placeholders: ["last_visit_on"],
    channel: "in_app",
    class: "marketing",
    icon: "heart",
    title: "A short session counts too",
    bodyText: `{% if last_visit_on %}You last trained on {{ last_visit_on }}.{% else %}Your membership is waiting for its first session.{% endif %} Twenty minutes are enough to begin again. If you would like a plan for it, ask for one at the desk.`,
    translations: {
      de: {
        title: "Auch ein kurzes Training zählt",
        body_text: `{% if last_visit_on %}Zuletzt hast du am {{ last_visit_on }} trainiert.{% else %}Deine Mitgliedschaft wartet auf ihr erstes Training.{% endif %} Zwanzig Minuten reichen für den Wiedereinstieg. Wenn du einen Plan dafür möchtest, frag am Empfang danach.`,
      },
    },
  },
  {
    name: "Absence: email",
    placeholders: ["gym_name", "join_date", "last_visit_on", "member_first_name"],
    channel: "email",
    class: "marketing",
    subject: "Shall we plan your next session?",
    bodyHtml: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>{% if last_visit_on %}you last trained with us on {{ last_visit_on }}.{% else %}you joined on {{ join_date }}, and we have not seen you train yet.{% endif %} Work, travel, a cold: there is usually a good reason, and you do not owe us one.</p>
<p>If starting again is the hard part, we can make it smaller. Reply to this email with a day that suits you, and a trainer will take 20 minutes for you:</p>
<ul>
<li>a look at where you stand today</li>
<li>a plan for the next two weeks that fits into them</li>
<li>nothing to prepare, bring your shoes</li>
</ul>
<p>See you soon,<br>the team at {{ gym_name }}</p>`,
    translations: {
      de: {
        subject: "Planen wir dein nächstes Training?",
        body_html: `<p>Hallo {{ member_first_name | default: "und guten Tag" }}</p>
<p>{% if last_visit_on %}Zuletzt hast du am {{ last_visit_on }} bei uns trainiert.{% else %}Du bist seit dem {{ join_date }} dabei, und wir haben dich noch nicht beim Training gesehen.{% endif %} Arbeit, Ferien, eine Erkältung: Meist gibt es einen guten Grund, und du schuldest uns keinen.</p>
<p>Falls der Wiedereinstieg das Schwierige ist, machen wir ihn kleiner. Antworte mit einem Tag, der dir passt, und jemand aus dem Team nimmt sich 20 Minuten Zeit für dich:</p>
<ul>
<li>ein Blick darauf, wo du heute stehst</li>
<li>ein Plan für die nächsten zwei Wochen, der in sie hineinpasst</li>
<li>nichts vorzubereiten, nur Turnschuhe mitbringen</li>
</ul>
<p>Bis bald<br>dein Team von {{ gym_name }}</p>`,
      },
    },
  },
  {
    name: "Birthday: notification",
    placeholders: ["gym_name", "member_first_name"],
    channel: "in_app",
    class: "marketing",
    icon: "cake",
    title: `Happy birthday{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
    bodyText:
      "Train, rest or eat cake: today all three count. We wish you a year with good mornings, from everybody at {{ gym_name }}.",
    translations: {
      de: {
        title: `Alles Gute zum Geburtstag{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
        body_text:
          "Trainieren, ausruhen oder Kuchen essen: Heute zählt alles drei. Wir wünschen dir ein gutes neues Lebensjahr, alle von {{ gym_name }}.",
      },
    },
  },
  {
    name: "Birthday: email",
    placeholders: ["gym_name", "member_first_name"],
    channel: "email",
    class: "marketing",
    subject: `Happy birthday{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
    bodyHtml: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>this one is about you, not about training: all the best for your birthday, from everybody at {{ gym_name }}. Come by, stay at home or eat cake; today all three count.</p>
<p>And when the candles are out: is there something you would like to be able to do by your next birthday? A pull-up, a first 10 km, a back that does not complain? Reply with one sentence, and we will think of the first step.</p>
<p>Have a good day,<br>the team at {{ gym_name }}</p>`,
    translations: {
      de: {
        subject: `Alles Gute zum Geburtstag{% if member_first_name %}, {{ member_first_name }}{% endif %}`,
        body_html: `<p>Hallo {{ member_first_name | default: "und guten Tag" }}</p>
<p>Heute geht es um dich und nicht ums Training: Alles Gute zum Geburtstag, von allen bei {{ gym_name }}. Komm vorbei, bleib zu Hause oder iss Kuchen; heute zählt alles drei.</p>
<p>Und wenn die Kerzen aus sind: Gibt es etwas, das du bis zum nächsten Geburtstag können möchtest? Einen Klimmzug, die ersten 10 km, einen Rücken, der nicht klagt? Antworte mit einem Satz, und wir überlegen uns den ersten Schritt.</p>
<p>Hab einen schönen Tag<br>dein Team von {{ gym_name }}</p>`,
      },
    },
  },
  {
    name: "Expiry: notification",
    placeholders: ["expires_on"],
    channel: "in_app",
    class: "service",
    icon: "calendar",
    title: "Your membership ends on {{ expires_on }}",
    bodyText:
      "If you would like to stay, tell us at the desk or answer our email, and everything goes on as before. If not, you can train with us up to that day.",
    translations: {
      de: {
        title: "Deine Mitgliedschaft endet am {{ expires_on }}",
        body_text:
          "Wenn du bleiben möchtest, sag es am Empfang oder antworte auf unsere E-Mail, und alles geht weiter wie bisher. Wenn nicht, kannst du bis zu diesem Tag bei uns trainieren.",
      },
    },
  },
  {
    name: "Expiry: email",
    placeholders: ["expires_on", "gym_name", "join_date", "member_first_name", "membership_level"],
    channel: "email",
    class: "service",
    subject: "Your membership ends on {{ expires_on }}",
    bodyHtml: `<p>Hi {{ member_first_name | default: "there" }},</p>
<p>your {% if membership_level %}{{ membership_level }} {% endif %}membership ends on <strong>{{ expires_on }}</strong>. It does not renew by itself, so the decision is yours:</p>
<ul>
<li><strong>You stay as you are.</strong> Reply “I am staying”, and we prepare the new membership.</li>
<li><strong>Something should change.</strong> Another level, a break, fewer months: reply with a few words, or come to the desk.</li>
<li><strong>You stop.</strong> There is nothing to do. You can train with us up to and including that day.</li>
</ul>
<p>Whatever you choose: it has been good to have you here since {{ join_date }}.</p>
<p>The team at {{ gym_name }}</p>`,
    translations: {
      de: {
        subject: "Deine Mitgliedschaft endet am {{ expires_on }}",
        body_html: `<p>Hallo {{ member_first_name | default: "und guten Tag" }}</p>
<p>Deine Mitgliedschaft{% if membership_level %} ({{ membership_level }}){% endif %} endet am <strong>{{ expires_on }}</strong>. Sie verlängert sich nicht von selbst, du entscheidest:</p>
<ul>
<li><strong>Du bleibst, wie es ist.</strong> Antworte mit «Ich bleibe», und wir bereiten die neue Mitgliedschaft vor.</li>
<li><strong>Etwas soll anders werden.</strong> Ein anderes Abo, eine Pause, weniger Monate: Antworte mit ein paar Worten oder komm an den Empfang.</li>
<li><strong>Du hörst auf.</strong> Dann gibt es nichts zu tun. Du kannst bis und mit diesem Tag bei uns trainieren.</li>
</ul>
<p>Wie auch immer: Schön, dass du seit dem {{ join_date }} dabei bist.</p>
<p>Dein Team von {{ gym_name }}</p>`,
      },
    },
  },
];

import type { Texts } from "../starter.ts";

export const expiry = {
  1101: {
    title: "Deine Mitgliedschaft endet am {{ expires_on }}",
    body_text:
      "Wenn du bleiben möchtest, sag es am Empfang oder antworte auf unsere E-Mail, und alles geht weiter wie bisher. Wenn nicht, kannst du bis zu diesem Tag bei uns trainieren.",
  },
  1102: {
    subject: "Deine Mitgliedschaft endet am {{ expires_on }}",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Deine Mitgliedschaft{% if membership_level %} ({{ membership_level }}){% endif %} endet am <strong>{{ expires_on }}</strong>. Sie verlängert sich nicht von selbst, du entscheidest:</p>
<ul>
<li><strong>Du bleibst, wie es ist.</strong> Antworte mit «Ich bleibe», und wir bereiten die neue Mitgliedschaft vor.</li>
<li><strong>Etwas soll anders werden.</strong> Ein anderes Abo, eine Pause, weniger Monate: Antworte mit ein paar Worten oder komm an den Empfang.</li>
<li><strong>Du hörst auf.</strong> Dann gibt es nichts zu tun. Du kannst bis und mit diesem Tag bei uns trainieren.</li>
</ul>
<p>Wie auch immer: Schön, dass du seit dem {{ join_date }} dabei bist.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  1103: {
    title: "Deine Mitgliedschaft läuft bis zum {{ expires_on }}",
    body_text:
      "Ein guter Moment für einen Rückblick: Was lief gut, und was sollen die nächsten Monate bringen? Frag am Empfang, und jemand aus dem Team nimmt sich eine Viertelstunde Zeit dafür.",
  },
  1104: {
    body_text:
      'Hallo {{ member_first_name | default: "du" }}, deine Mitgliedschaft endet am {{ expires_on }}. Möchtest du bleiben? Ruf an oder komm an den Empfang. {{ gym_name }}',
  },
  1105: {
    subject: "Die Tür bleibt offen",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Deine Mitgliedschaft ist am {{ expired_on }} zu Ende gegangen. Danke, dass du bei uns trainiert hast.</p>
<p>Du wolltest verlängern, und es ging unter? Antworte mit «Ich bleibe», und wir bereiten alles vor. Wolltest du aufhören, gibt es nichts zu tun.</p>
<p>So oder so freuen wir uns über einen Satz: Was war gut, und was hat gefehlt?</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  1401: {
    subject: "Wie läuft das Training?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Deine Mitgliedschaft bei {{ gym_name }} ist am {{ expired_on }} zu Ende gegangen. Vielleicht trainierst du jetzt anderswo, vielleicht gar nicht; beides ist in Ordnung.</p>
<p>Wenn du aus einem Grund aufgehört hast, den wir ändern könnten, die Zeiten, der Preis, der Plan, sag uns, welcher es war. Antworte mit einem Satz, und ein Mensch schreibt zurück.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  1402: {
    subject: "Ein Trainingstag, von uns offeriert",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Möchtest du wieder einmal spüren, wie es ist? Ein Trainingstag bei {{ gym_name }} gehört dir, gratis und ohne Vertrag. Er gilt 30 Tage; nenn am Empfang einfach deinen Namen.</p>
<p>Soll jemand mit dir beginnen, antworte mit einem Tag, und wir halten die Zeit frei.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
  1403: {
    subject: "Wir fragen nicht noch einmal",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Deine Mitgliedschaft ist am {{ expired_on }} zu Ende gegangen, und wir fragen dich heute zum letzten Mal, ob du zurückkommen möchtest.</p>
<p>Wenn du irgendwann möchtest, komm an den Empfang oder antworte auf diese E-Mail. Du bist willkommen.</p>
<p>Alles Gute<br>dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

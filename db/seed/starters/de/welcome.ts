import type { Texts } from "../starter.ts";

export const welcome = {
  101: {
    title: "Willkommen{% if member_first_name %}, {{ member_first_name }}{% endif %}",
    body_text:
      "Schön, dass du bei {{ gym_name }} bist. Hier findest du alles, was wir dir schreiben, und stellst ein, wovon du hören möchtest.",
  },
  102: {
    subject: "Willkommen bei {{ gym_name }}: Welcher Tag passt dir?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Schön, dass du dabei bist. Der erste Besuch kostet am meisten Überwindung. Machen wir ihn einfach: Such dir gleich einen Tag dafür aus.</p>
<p><strong>Antworte auf diese E-Mail mit Tag und Uhrzeit.</strong> Jemand aus dem Team erwartet dich, zeigt dir alles und beginnt mit dir. Sportkleider, saubere Schuhe und etwas zu trinken: Mehr brauchst du nicht.</p>
<p>Du kommst lieber ohne Anmeldung vorbei? Auch gut. Sag am Empfang einfach, dass du zum ersten Mal da bist.</p>
<p>Bis bald<br>dein Team von {{ gym_name }}</p>`,
  },
  103: {
    title: "Sollen wir dir eine Zeit freihalten?",
    body_text:
      "Der erste Besuch fällt leichter, wenn dich jemand erwartet. Nenn uns Tag und Uhrzeit, am Empfang oder als Antwort auf unsere Willkommensmail, und wir sind da.",
  },
  104: {
    body_text:
      'Hallo {{ member_first_name | default: "du" }}, sollen wir dir für den ersten Besuch eine Zeit freihalten? Ruf an oder komm vorbei. {{ gym_name }}. Abmelden: STOP',
  },
  105: {
    subject: "Steht etwas im Weg?",
    body_html: `<p>Hallo {{ member_first_name | default: "du" }}</p>
<p>Du bist seit dem {{ joined_on }} dabei, und wir haben dich noch nicht beim Training gesehen. Das geht vielen so, und meistens hat es einen dieser Gründe:</p>
<ul>
<li><strong>Keine Zeit.</strong> Eine halbe Stunde ist ein ganzes Training. Wir zeigen dir, welches.</li>
<li><strong>Unsicher, wie anfangen.</strong> Jemand aus dem Team beginnt mit dir.</li>
<li><strong>Etwas tut weh.</strong> Sag uns, was, und wir schauen, was trotzdem geht.</li>
</ul>
<p>Antworte mit deinem Grund, auch wenn er hier nicht steht. Ein Mensch liest es und schreibt zurück.</p>
<p>Dein Team von {{ gym_name }}</p>`,
  },
} satisfies Texts;

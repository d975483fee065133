import type { Language } from "./member-texts.ts";
import type { Choice, ChoiceChannel, ChoiceClass } from "./message-choices.ts";
import type { Outcome } from "./preference-form.ts";

export type PreferenceTexts = {
  /** The page behind the link; the member's own page has the other. */
  unsubscribeTitle: string;
  title: string;
  /** What a class of messages is, and what one loses without it. */
  classes: Record<ChoiceClass, { name: string; about(gym: string): string }>;
  /** What a switch asks. With what is said of its class it is the sentence that the ledger keeps. */
  questions: Record<ChoiceClass, Record<ChoiceChannel, string>>;
  unsubscribe: string;
  unsubscribeAbout: string;
  isUnsubscribed: string;
  subscribe: string;
  save: string;
  stopTitle(address: string): string;
  stopAbout(gym: string): string;
  stop: string;
  isStopped(address: string): string;
  resume: string;
  done: Record<Outcome, string>;
  undo: string;
  goneTitle: string;
  gone(gym: string): string;
  brokenTitle: string;
  broken: string;
};

const en: PreferenceTexts = {
  unsubscribeTitle: "Unsubscribe",
  title: "What you want to hear from us",
  classes: {
    marketing: { name: "Advertising", about: (gym) => `Offers, invitations and news from ${gym}.` },
    service: {
      name: "Service messages",
      about: (gym) =>
        `What ${gym} has to tell you about your membership, such as its end, payments or changed classes. What you turn off here, you may miss.`,
    },
  },
  questions: {
    marketing: {
      email: "Send me advertising by email",
      sms: "Send me advertising by SMS",
      in_app: "Show me advertising in the app",
    },
    service: {
      email: "Send me service messages by email",
      sms: "Send me service messages by SMS",
      in_app: "Show me service messages in the app",
    },
  },
  unsubscribe: "Unsubscribe from advertising by email",
  unsubscribeAbout: "One press, and it stops at once. Service messages about your membership still reach you.",
  isUnsubscribed: "You get no advertising by email.",
  subscribe: "Subscribe again",
  save: "Save",
  stopTitle: (address) => `Stop everything to ${address}`,
  stopAbout: (gym) =>
    `No email from ${gym} goes to this address any more, whoever uses it, not even about the membership. Only links to sign in that somebody asks for still do.`,
  stop: "Stop all email",
  isStopped: (address) => `All email to ${address} is stopped.`,
  resume: "Allow email again",
  done: {
    unsubscribed: "Done. You get no more advertising by email.",
    subscribed: "Done. You get advertising by email again.",
    saved: "Saved.",
    stopped: "Done. All email to this address is stopped.",
    resumed: "Done. Email may go to this address again, as far as it is switched on below.",
    undone: "Undone. Everything is as it was before.",
  },
  undo: "Undo",
  goneTitle: "There is nothing left to stop",
  gone: (gym) => `This link belongs to somebody ${gym} no longer writes to.`,
  brokenTitle: "This link is not complete",
  broken: "Open it from the email again, or ask at the front desk. Nothing was changed.",
};

const de: PreferenceTexts = {
  unsubscribeTitle: "Abmelden",
  title: "Was du von uns hören möchtest",
  classes: {
    marketing: { name: "Werbung", about: (gym) => `Angebote, Einladungen und Neuigkeiten von ${gym}.` },
    service: {
      name: "Service-Nachrichten",
      about: (gym) =>
        `Was ${gym} dir zu deiner Mitgliedschaft sagen muss, etwa zu ihrem Ende, zu Zahlungen oder geänderten Kursen. Was du hier ausschaltest, verpasst du vielleicht.`,
    },
  },
  questions: {
    marketing: {
      email: "Schickt mir Werbung per E-Mail",
      sms: "Schickt mir Werbung per SMS",
      in_app: "Zeigt mir Werbung in der App",
    },
    service: {
      email: "Schickt mir Service-Nachrichten per E-Mail",
      sms: "Schickt mir Service-Nachrichten per SMS",
      in_app: "Zeigt mir Service-Nachrichten in der App",
    },
  },
  unsubscribe: "Werbung per E-Mail abbestellen",
  unsubscribeAbout:
    "Ein Klick, und sie hört sofort auf. Service-Nachrichten zu deiner Mitgliedschaft bekommst du weiterhin.",
  isUnsubscribed: "Du bekommst keine Werbung per E-Mail.",
  subscribe: "Wieder bestellen",
  save: "Speichern",
  stopTitle: (address) => `Alles an ${address} stoppen`,
  stopAbout: (gym) =>
    `${gym} schickt keine E-Mail mehr an diese Adresse, wer auch immer sie benutzt, auch nicht zur Mitgliedschaft. Nur Anmelde-Links, die jemand anfordert, kommen noch an.`,
  stop: "Alle E-Mails stoppen",
  isStopped: (address) => `Alle E-Mails an ${address} sind gestoppt.`,
  resume: "E-Mails wieder erlauben",
  done: {
    unsubscribed: "Erledigt. Du bekommst keine Werbung per E-Mail mehr.",
    subscribed: "Erledigt. Du bekommst wieder Werbung per E-Mail.",
    saved: "Gespeichert.",
    stopped: "Erledigt. Alle E-Mails an diese Adresse sind gestoppt.",
    resumed: "Erledigt. E-Mails dürfen wieder an diese Adresse, soweit sie unten eingeschaltet sind.",
    undone: "Rückgängig gemacht. Alles ist wieder wie vorher.",
  },
  undo: "Rückgängig machen",
  goneTitle: "Es gibt nichts mehr zu stoppen",
  gone: (gym) => `Dieser Link gehört jemandem, dem ${gym} nicht mehr schreibt.`,
  brokenTitle: "Dieser Link ist unvollständig",
  broken: "Öffne ihn noch einmal aus der E-Mail oder frag am Empfang. Es wurde nichts geändert.",
};

const fr: PreferenceTexts = {
  unsubscribeTitle: "Se désabonner",
  title: "Ce que tu veux recevoir de nous",
  classes: {
    marketing: { name: "Publicité", about: (gym) => `Offres, invitations et nouvelles de ${gym}.` },
    service: {
      name: "Messages de service",
      about: (gym) =>
        `Ce que ${gym} doit te dire au sujet de ton abonnement : sa fin, les paiements ou un cours modifié. Ce que tu désactives ici risque de t’échapper.`,
    },
  },
  questions: {
    marketing: {
      email: "Envoyez-moi de la publicité par e-mail",
      sms: "Envoyez-moi de la publicité par SMS",
      in_app: "Montrez-moi de la publicité dans l’app",
    },
    service: {
      email: "Envoyez-moi les messages de service par e-mail",
      sms: "Envoyez-moi les messages de service par SMS",
      in_app: "Montrez-moi les messages de service dans l’app",
    },
  },
  unsubscribe: "Ne plus recevoir de publicité par e-mail",
  unsubscribeAbout:
    "Un clic, et elle s’arrête tout de suite. Les messages de service sur ton abonnement te parviennent toujours.",
  isUnsubscribed: "Tu ne reçois pas de publicité par e-mail.",
  subscribe: "Se réabonner",
  save: "Enregistrer",
  stopTitle: (address) => `Ne plus rien envoyer à ${address}`,
  stopAbout: (gym) =>
    `${gym} n’envoie plus aucun e-mail à cette adresse, quelle que soit la personne qui l’utilise, pas même au sujet de l’abonnement. Seuls les liens de connexion que quelqu’un demande arrivent encore.`,
  stop: "Arrêter tous les e-mails",
  isStopped: (address) => `Plus aucun e-mail n’est envoyé à ${address}.`,
  resume: "Autoriser de nouveau les e-mails",
  done: {
    unsubscribed: "C’est fait. Tu ne reçois plus de publicité par e-mail.",
    subscribed: "C’est fait. Tu reçois de nouveau de la publicité par e-mail.",
    saved: "Enregistré.",
    stopped: "C’est fait. Plus aucun e-mail n’est envoyé à cette adresse.",
    resumed: "C’est fait. Cette adresse peut de nouveau recevoir des e-mails, selon tes choix ci-dessous.",
    undone: "Annulé. Tout est comme avant.",
  },
  undo: "Annuler",
  goneTitle: "Il n’y a plus rien à arrêter",
  gone: (gym) => `Ce lien appartient à quelqu’un à qui ${gym} n’écrit plus.`,
  brokenTitle: "Ce lien est incomplet",
  broken: "Ouvre-le de nouveau depuis l’e-mail, ou demande à la réception. Rien n’a été modifié.",
};

const it: PreferenceTexts = {
  unsubscribeTitle: "Annulla l’iscrizione",
  title: "Che cosa vuoi ricevere da noi",
  classes: {
    marketing: { name: "Pubblicità", about: (gym) => `Offerte, inviti e novità di ${gym}.` },
    service: {
      name: "Messaggi di servizio",
      about: (gym) =>
        `Ciò che ${gym} deve dirti sul tuo abbonamento, come la scadenza, i pagamenti o un corso modificato. Quello che disattivi qui potrebbe sfuggirti.`,
    },
  },
  questions: {
    marketing: {
      email: "Inviatemi pubblicità per e-mail",
      sms: "Inviatemi pubblicità per SMS",
      in_app: "Mostratemi pubblicità nell’app",
    },
    service: {
      email: "Inviatemi i messaggi di servizio per e-mail",
      sms: "Inviatemi i messaggi di servizio per SMS",
      in_app: "Mostratemi i messaggi di servizio nell’app",
    },
  },
  unsubscribe: "Non ricevere più pubblicità per e-mail",
  unsubscribeAbout: "Un clic, e si ferma subito. I messaggi di servizio sul tuo abbonamento continuano ad arrivarti.",
  isUnsubscribed: "Non ricevi pubblicità per e-mail.",
  subscribe: "Iscriviti di nuovo",
  save: "Salva",
  stopTitle: (address) => `Non inviare più nulla a ${address}`,
  stopAbout: (gym) =>
    `${gym} non invia più alcuna e-mail a questo indirizzo, chiunque lo usi, nemmeno sull’abbonamento. Arrivano ancora soltanto i link di accesso che qualcuno richiede.`,
  stop: "Blocca tutte le e-mail",
  isStopped: (address) => `Nessuna e-mail viene più inviata a ${address}.`,
  resume: "Consenti di nuovo le e-mail",
  done: {
    unsubscribed: "Fatto. Non ricevi più pubblicità per e-mail.",
    subscribed: "Fatto. Ricevi di nuovo pubblicità per e-mail.",
    saved: "Salvato.",
    stopped: "Fatto. A questo indirizzo non viene più inviata alcuna e-mail.",
    resumed: "Fatto. Questo indirizzo può di nuovo ricevere e-mail, secondo le scelte qui sotto.",
    undone: "Annullato. Tutto è come prima.",
  },
  undo: "Annulla",
  goneTitle: "Non c’è più nulla da annullare",
  gone: (gym) => `Questo link appartiene a qualcuno a cui ${gym} non scrive più.`,
  brokenTitle: "Questo link è incompleto",
  broken: "Aprilo di nuovo dall’e-mail o chiedi alla reception. Non è stato modificato nulla.",
};

/** What the pages say on which members choose what reaches them, in the languages that a member can have. */
export const preferenceTexts: Record<Language, PreferenceTexts> = { en, de, fr, it };

/** The sentence that a switch's answer goes with, word by word as the page shows it. */
export const sentenceOf = (texts: PreferenceTexts, gym: string, choice: Choice) =>
  `${texts.classes[choice.class].about(gym)} ${texts.questions[choice.class][choice.channel]}`;

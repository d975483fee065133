/** The languages in which the gym writes. */
export const languages = ["en", "de", "fr", "it"] as const;
export type Language = (typeof languages)[number];

/** The nearest of our languages: English where it is none of them. */
export const toLanguage = (name: string | null | undefined): Language =>
  languages.find((language) => language === name) ?? "en";

type LayoutCopy = {
  open(gym: string): string;
  reason(gym: string): string;
  unsubscribe: string;
};

/** What the layout itself says. */
export const layoutCopy: Record<Language, LayoutCopy> = {
  en: {
    open: (gym) => `Open ${gym}`,
    reason: (gym) => `You get this email as a member of ${gym}.`,
    unsubscribe: "Unsubscribe",
  },
  de: {
    open: (gym) => `${gym} öffnen`,
    reason: (gym) => `Du bekommst diese E-Mail als Mitglied von ${gym}.`,
    unsubscribe: "Abmelden",
  },
  fr: {
    open: (gym) => `Ouvrir ${gym}`,
    reason: (gym) => `Tu reçois cet e-mail en tant que membre de ${gym}.`,
    unsubscribe: "Se désabonner",
  },
  it: {
    open: (gym) => `Apri ${gym}`,
    reason: (gym) => `Ricevi questa e-mail perché fai parte di ${gym}.`,
    unsubscribe: "Annulla l’iscrizione",
  },
};

type SignInCopy = {
  subject(gym: string): string;
  greeting(name: string): string;
  explanation(minutes: number): string;
  button: string;
  fallback: string;
  notYou: string;
};

export const signInCopy: Record<Language, SignInCopy> = {
  en: {
    subject: (gym) => `Your sign-in link for ${gym}`,
    greeting: (name) => (name ? `Hi ${name},` : "Hi,"),
    explanation: (minutes) => `Here is your link to sign in. It works once, within the next ${minutes} minutes.`,
    button: "Sign in",
    fallback: "If the button does not work, copy this address into your browser:",
    notYou: "You did not ask for it? Then you can ignore this email; nobody gets in without the link.",
  },
  de: {
    subject: (gym) => `Dein Anmelde-Link für ${gym}`,
    greeting: (name) => (name ? `Hallo ${name}` : "Hallo"),
    explanation: (minutes) =>
      `Mit diesem Link meldest du dich an. Er gilt einmal und für die nächsten ${minutes} Minuten.`,
    button: "Anmelden",
    fallback: "Falls der Knopf nicht geht, kopiere diese Adresse in deinen Browser:",
    notYou: "Du hast nichts angefordert? Dann ignoriere diese E-Mail; ohne den Link kommt niemand hinein.",
  },
  fr: {
    subject: (gym) => `Ton lien de connexion pour ${gym}`,
    greeting: (name) => (name ? `Bonjour ${name},` : "Bonjour,"),
    explanation: (minutes) =>
      `Voici ton lien de connexion. Il fonctionne une seule fois, pendant les ${minutes} prochaines minutes.`,
    button: "Se connecter",
    fallback: "Si le bouton ne fonctionne pas, copie cette adresse dans ton navigateur :",
    notYou: "Tu n’as rien demandé ? Ignore cet e-mail : sans le lien, personne ne peut se connecter.",
  },
  it: {
    subject: (gym) => `Il tuo link di accesso per ${gym}`,
    greeting: (name) => (name ? `Ciao ${name},` : "Ciao,"),
    explanation: (minutes) => `Ecco il link per accedere. Funziona una volta sola, entro i prossimi ${minutes} minuti.`,
    button: "Accedi",
    fallback: "Se il pulsante non funziona, copia questo indirizzo nel browser:",
    notYou: "Non l’hai chiesto tu? Ignora questa e-mail: senza il link nessuno può entrare.",
  },
};

/** The gym's name and postal address on one line. */
export const addressLine = ({ name, postalAddress }: { name: string; postalAddress: string }): string =>
  [name, ...postalAddress.split("\n")]
    .map((line) => line.trim())
    .filter(Boolean)
    .join(" · ");

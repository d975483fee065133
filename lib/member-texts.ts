export type Language = "en" | "de" | "fr" | "it";

export type MemberTexts = {
  skip: string;
  notifications: string;
  noneUnread: string;
  oneUnread: string;
  /** With `{count}`. */
  manyUnread: string;
  colorScheme: string;
  preferences: string;
  signOut: string;
  markAllRead: string;
  markRead: string;
  markUnread: string;
  dismiss: string;
  dismissed: string;
  undo: string;
  close: string;
  today: string;
  yesterday: string;
  isUnread: string;
  open: string;
  newTab: string;
  older: string;
  loadingOlder: string;
  noMore: string;
  emptyTitle: string;
  emptyText: string;
  failed: string;
  retry: string;
  offline: string;
  signedOut: string;
  signIn: string;
};

const en: MemberTexts = {
  skip: "Skip to content",
  notifications: "Notifications",
  noneUnread: "Notifications, none unread",
  oneUnread: "Notifications, 1 unread",
  manyUnread: "Notifications, {count} unread",
  colorScheme: "Switch between light and dark",
  preferences: "Message settings",
  signOut: "Sign out",
  markAllRead: "Mark all as read",
  markRead: "Mark as read",
  markUnread: "Mark as unread",
  dismiss: "Dismiss",
  dismissed: "Notification dismissed.",
  undo: "Undo",
  close: "Close",
  today: "Today",
  yesterday: "Yesterday",
  isUnread: "Unread",
  open: "Open",
  newTab: "opens in a new tab",
  older: "Show older ones",
  loadingOlder: "Loading older ones…",
  noMore: "That is everything.",
  emptyTitle: "Nothing here yet",
  emptyText: "News from your gym arrives here: reminders, milestones and offers meant for you.",
  failed: "That did not work.",
  retry: "Try again",
  offline: "No connection. New notifications appear once you are back online.",
  signedOut: "You have been signed out.",
  signIn: "Sign in again",
};

const de: MemberTexts = {
  skip: "Zum Inhalt springen",
  notifications: "Mitteilungen",
  noneUnread: "Mitteilungen, alle gelesen",
  oneUnread: "Mitteilungen, 1 ungelesen",
  manyUnread: "Mitteilungen, {count} ungelesen",
  colorScheme: "Zwischen hell und dunkel wechseln",
  preferences: "Einstellungen zu Nachrichten",
  signOut: "Abmelden",
  markAllRead: "Alle als gelesen markieren",
  markRead: "Als gelesen markieren",
  markUnread: "Als ungelesen markieren",
  dismiss: "Entfernen",
  dismissed: "Mitteilung entfernt.",
  undo: "Rückgängig",
  close: "Schliessen",
  today: "Heute",
  yesterday: "Gestern",
  isUnread: "Ungelesen",
  open: "Öffnen",
  newTab: "öffnet in neuem Tab",
  older: "Ältere anzeigen",
  loadingOlder: "Ältere werden geladen…",
  noMore: "Das ist alles.",
  emptyTitle: "Noch nichts da",
  emptyText: "Hier kommt an, was dein Club dir sagen will: Erinnerungen, Meilensteine und Angebote für dich.",
  failed: "Das hat nicht geklappt.",
  retry: "Nochmals versuchen",
  offline: "Keine Verbindung. Neue Mitteilungen erscheinen, sobald du wieder online bist.",
  signedOut: "Du wurdest abgemeldet.",
  signIn: "Wieder anmelden",
};

const fr: MemberTexts = {
  skip: "Aller au contenu",
  notifications: "Notifications",
  noneUnread: "Notifications, toutes lues",
  oneUnread: "Notifications, 1 non lue",
  manyUnread: "Notifications, {count} non lues",
  colorScheme: "Passer du clair au sombre",
  preferences: "Réglages des messages",
  signOut: "Se déconnecter",
  markAllRead: "Tout marquer comme lu",
  markRead: "Marquer comme lue",
  markUnread: "Marquer comme non lue",
  dismiss: "Retirer",
  dismissed: "Notification retirée.",
  undo: "Annuler",
  close: "Fermer",
  today: "Aujourd’hui",
  yesterday: "Hier",
  isUnread: "Non lue",
  open: "Ouvrir",
  newTab: "s’ouvre dans un nouvel onglet",
  older: "Afficher les plus anciennes",
  loadingOlder: "Chargement des plus anciennes…",
  noMore: "C’est tout.",
  emptyTitle: "Rien pour l’instant",
  emptyText: "Ton club t’écrit ici : rappels, étapes franchies et offres qui te sont destinées.",
  failed: "Cela n’a pas fonctionné.",
  retry: "Réessayer",
  offline: "Pas de connexion. Les nouvelles notifications arriveront dès que tu seras de nouveau en ligne.",
  signedOut: "Tu as été déconnecté.",
  signIn: "Se reconnecter",
};

const it: MemberTexts = {
  skip: "Vai al contenuto",
  notifications: "Notifiche",
  noneUnread: "Notifiche, tutte lette",
  oneUnread: "Notifiche, 1 non letta",
  manyUnread: "Notifiche, {count} non lette",
  colorScheme: "Passa da chiaro a scuro",
  preferences: "Impostazioni dei messaggi",
  signOut: "Esci",
  markAllRead: "Segna tutte come lette",
  markRead: "Segna come letta",
  markUnread: "Segna come non letta",
  dismiss: "Rimuovi",
  dismissed: "Notifica rimossa.",
  undo: "Annulla",
  close: "Chiudi",
  today: "Oggi",
  yesterday: "Ieri",
  isUnread: "Non letta",
  open: "Apri",
  newTab: "si apre in una nuova scheda",
  older: "Mostra le precedenti",
  loadingOlder: "Caricamento delle precedenti…",
  noMore: "È tutto.",
  emptyTitle: "Ancora niente",
  emptyText: "Qui trovi ciò che il tuo club vuole dirti: promemoria, traguardi e offerte per te.",
  failed: "Non ha funzionato.",
  retry: "Riprova",
  offline: "Nessuna connessione. Le nuove notifiche appariranno quando sarai di nuovo online.",
  signedOut: "Sei stato disconnesso.",
  signIn: "Accedi di nuovo",
};

/** What the member's own pages say, in the languages that a member can have. */
export const memberTexts: Record<Language, MemberTexts> = { en, de, fr, it };

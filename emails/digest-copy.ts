import type { Language } from "./copy.ts";

type DigestCopy = {
  subject(summary: string): string;
  greeting(name: string): string;
  reason(gym: string): string;
  turnOff: string;
  /** Each list by how many it has, in the subject and above the list. */
  tasks(count: number): string;
  atRisk(count: number): string;
  birthdays(count: number): string;
  more(count: number): string;
  dueToday: string;
  overdueSince(day: string): string;
  priority: Record<"low" | "medium" | "high", string>;
  risk(percent: number): string;
  silentFor(days: number): string;
  turns(age: number): string;
  /** A member without a name. */
  memberNumber(id: number): string;
};

const counted = (one: string, many: string) => (count: number) => `${count} ${count === 1 ? one : many}`;

const en: DigestCopy = {
  subject: (summary) => `Today: ${summary}`,
  greeting: (name) => (name ? `Good morning, ${name}` : "Good morning"),
  reason: (gym) => `You get this email in the morning because you work at ${gym}.`,
  turnOff: "Turn it off",
  tasks: counted("task due", "tasks due"),
  atRisk: counted("member at risk", "members at risk"),
  birthdays: counted("birthday", "birthdays"),
  more: (count) => `and ${count} more`,
  dueToday: "due today",
  overdueSince: (day) => `was due on ${day}`,
  priority: { low: "low priority", medium: "medium priority", high: "high priority" },
  risk: (percent) => `risk ${percent}%`,
  silentFor: counted("day without a visit", "days without a visit"),
  turns: (age) => `turns ${age} today`,
  memberNumber: (id) => `Member ${id}`,
};

const de: DigestCopy = {
  subject: (summary) => `Heute: ${summary}`,
  greeting: (name) => (name ? `Guten Morgen, ${name}` : "Guten Morgen"),
  reason: (gym) => `Du bekommst diese E-Mail am Morgen, weil du bei ${gym} arbeitest.`,
  turnOff: "Ausschalten",
  tasks: counted("Aufgabe fällig", "Aufgaben fällig"),
  atRisk: counted("Mitglied gefährdet", "Mitglieder gefährdet"),
  birthdays: counted("Geburtstag", "Geburtstage"),
  more: (count) => `und noch ${count}`,
  dueToday: "heute fällig",
  overdueSince: (day) => `war am ${day} fällig`,
  priority: { low: "tiefe Priorität", medium: "mittlere Priorität", high: "hohe Priorität" },
  risk: (percent) => `Risiko ${percent} %`,
  silentFor: counted("Tag ohne Besuch", "Tage ohne Besuch"),
  turns: (age) => `wird heute ${age}`,
  memberNumber: (id) => `Mitglied ${id}`,
};

const fr: DigestCopy = {
  subject: (summary) => `Aujourd’hui : ${summary}`,
  greeting: (name) => (name ? `Bonjour ${name}` : "Bonjour"),
  reason: (gym) => `Tu reçois cet e-mail le matin parce que tu travailles chez ${gym}.`,
  turnOff: "Désactiver",
  tasks: counted("tâche à faire", "tâches à faire"),
  atRisk: counted("membre à risque", "membres à risque"),
  birthdays: counted("anniversaire", "anniversaires"),
  more: (count) => `et encore ${count}`,
  dueToday: "à faire aujourd’hui",
  overdueSince: (day) => `à faire depuis le ${day}`,
  priority: { low: "priorité basse", medium: "priorité moyenne", high: "priorité haute" },
  risk: (percent) => `risque ${percent} %`,
  silentFor: counted("jour sans visite", "jours sans visite"),
  turns: (age) => `fête aujourd’hui ses ${age} ans`,
  memberNumber: (id) => `Membre ${id}`,
};

const it: DigestCopy = {
  subject: (summary) => `Oggi: ${summary}`,
  greeting: (name) => (name ? `Buongiorno ${name}` : "Buongiorno"),
  reason: (gym) => `Ricevi questa e-mail al mattino perché lavori da ${gym}.`,
  turnOff: "Disattiva",
  tasks: counted("compito da fare", "compiti da fare"),
  atRisk: counted("membro a rischio", "membri a rischio"),
  birthdays: counted("compleanno", "compleanni"),
  more: (count) => `e ancora ${count}`,
  dueToday: "da fare oggi",
  overdueSince: (day) => `era da fare il ${day}`,
  priority: { low: "priorità bassa", medium: "priorità media", high: "priorità alta" },
  risk: (percent) => `rischio ${percent}%`,
  silentFor: counted("giorno senza visite", "giorni senza visite"),
  turns: (age) => `compie oggi ${age} anni`,
  memberNumber: (id) => `Membro ${id}`,
};

/** What the digest itself says, in the languages in which the gym writes. */
export const digestCopy: Record<Language, DigestCopy> = { en, de, fr, it };

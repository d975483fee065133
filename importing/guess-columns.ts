import { type KindName, kindOf } from "./kinds/all.ts";
import { type Columns, plainName } from "./read-header.ts";

/** What other systems call our columns, in the gym's languages. */
const otherNames: Record<string, string[]> = {
  external_id: [
    "id",
    "nr",
    "number",
    "member_id",
    "member_number",
    "mitglied_nr",
    "mitgliednummer",
    "mitgliedsnummer",
    "kundennummer",
    "numero",
    "numéro",
  ],
  email: [
    "e_mail",
    "mail",
    "email_address",
    "e_mail_address",
    "e_mail_adresse",
    "mailadresse",
    "courriel",
    "adresse_e_mail",
    "posta_elettronica",
  ],
  first_name: ["firstname", "given_name", "forename", "vorname", "prénom", "prenom", "nome"],
  last_name: ["lastname", "surname", "family_name", "nachname", "familienname", "nom", "nom_de_famille", "cognome"],
  phone: [
    "phone_number",
    "mobile",
    "mobile_phone",
    "telephone",
    "tel",
    "telefon",
    "handy",
    "natel",
    "mobiltelefon",
    "téléphone",
    "telefono",
    "cellulare",
  ],
  birth_date: [
    "birthday",
    "birthdate",
    "date_of_birth",
    "dob",
    "geburtsdatum",
    "geburtstag",
    "date_de_naissance",
    "data_di_nascita",
  ],
  join_date: [
    "joined",
    "joined_on",
    "member_since",
    "eintritt",
    "eintrittsdatum",
    "mitglied_seit",
    "date_d'entrée",
    "data_di_iscrizione",
  ],
  membership_level: ["level", "plan", "abo", "abonnement", "membership", "abbonamento"],
  membership_start: ["start", "start_date", "contract_start", "beginn", "vertragsbeginn", "début", "inizio"],
  membership_end: ["end", "end_date", "contract_end", "expires", "ende", "vertragsende", "fin", "fine"],
  language: ["sprache", "langue", "lingua"],
  time_zone: ["timezone", "zeitzone"],
  primary_trainer_email: ["trainer_email", "trainer"],
  email_consent: ["newsletter", "email_opt_in"],
  sms_consent: ["sms_opt_in"],
  location: ["site", "studio", "branch", "standort", "filiale", "site_location"],
  tags: ["labels", "schlagworte"],
  member_external_id: ["id", "nr", "member_id", "member_number", "mitgliednummer", "mitgliedsnummer"],
  member_email: ["email", "e_mail", "mail"],
  visited_at: ["date", "datum", "visited", "checkin_at", "check_in", "checkin", "besuch"],
  scored_at: ["date", "datum"],
};

/** What a file's columns seem to be, each taken once; null for those that look like nothing. */
export function guessColumns(header: string[], known: string[]): Columns {
  const given = header.map(plainName);
  const columns: Columns = given.map((name, position) =>
    known.includes(name) && given.indexOf(name) === position ? name : null,
  );
  for (const name of known.filter((name) => !columns.includes(name))) {
    const position = given.findIndex((text, at) => columns[at] === null && otherNames[name]?.includes(text));
    if (position >= 0) {
      columns[position] = name;
    }
  }
  return columns;
}

/** Why columns chosen so make no import, or null. */
export function describeMissing(columns: Columns, kind: KindName): string | null {
  const missing = kindOf(kind).needs.filter((group) => !group.some((name) => columns.includes(name)));
  return missing.length === 0
    ? null
    : `Say which column is ${missing.map((group) => group.join(" or ")).join(", and which ")}.`;
}

import type { MemberFacts } from "#components/members/member-facts";
import type { ConsentWord, listSuppressionsOf } from "#db/queries/consent-state";
import type { listMemberships, MemberProfile } from "#db/queries/member-profile";
import type { Clock } from "#engine/define";
import { dayAndTime, shortDay } from "#lib/format-time";
import { listChoices, nameOfChoice } from "#lib/message-choices";
import { channelNames, classNames, languageNames } from "#lib/template-texts";
import { describeRisk } from "../member-words.ts";

type Stops = Awaited<ReturnType<typeof listSuppressionsOf>>;
type Memberships = Awaited<ReturnType<typeof listMemberships>>;

export function listProfile(member: MemberProfile): MemberFacts["profile"] {
  return [
    { label: "Email", value: member.email },
    { label: "Phone", value: member.phone },
    { label: "Level", value: member.level },
    { label: "Trainer", value: member.trainer },
    { label: "Location", value: member.location },
    { label: "Language", value: member.language && languageNames[member.language] },
    { label: "Joined", value: member.joinDate && shortDay(member.joinDate) },
    { label: "Born", value: member.birthDate && shortDay(member.birthDate) },
    { label: "Time zone", value: member.timeZone },
    { label: "Number", value: member.externalId ?? String(member.id) },
  ].filter((fact): fact is { label: string; value: string } => Boolean(fact.value));
}

export const listSpans = (memberships: Memberships, today: string): MemberFacts["memberships"] =>
  memberships.map(({ id, level, startsOn, endsOn }) => ({
    id,
    level: level ?? "Membership",
    span: `${shortDay(startsOn)} – ${endsOn ? shortDay(endsOn) : "no end"}`,
    isOpen: startsOn <= today && (endsOn === null || endsOn >= today),
  }));

/** Whoever objected to being scored is not, whatever was stored before. */
export function describeRiskOf(member: MemberProfile, { now, timeZone }: Clock): MemberFacts["risk"] {
  if (member.profilingObjectedAt) {
    return { name: null, tone: "wait", figure: "Objected to being scored", reasons: [] };
  }
  const risk = describeRisk(member.riskScore);
  if (!risk || member.riskScore === null || !member.riskScoredAt) {
    return { name: null, tone: "wait", figure: "No score yet", reasons: [] };
  }
  const scored = dayAndTime(member.riskScoredAt, now, timeZone);
  return {
    ...risk,
    figure: `${Math.round(member.riskScore * 100)} of 100, scored ${scored}`,
    reasons: member.riskReasons ?? [],
  };
}

const sources: Record<string, string> = {
  import: "import",
  preferences: "the member's own page",
  unsubscribe_page: "the link in a message",
  one_click: "the mail program's button",
};

export function listConsents(words: ConsentWord[], { now, timeZone }: Clock): MemberFacts["consents"] {
  const said = new Map(words.map((word) => [nameOfChoice(word), word]));
  return listChoices(Object.fromEntries(words.map((word) => [nameOfChoice(word), word.isGranted]))).map((choice) => {
    const word = said.get(nameOfChoice(choice));
    const when = word && dayAndTime(new Date(word.createdAt), now, timeZone);
    return {
      name: `${channelNames[choice.channel]}, ${classNames[choice.class].toLowerCase()}`,
      word: choice.isGranted ? "Yes" : "No",
      tone: choice.isGranted ? "good" : "bad",
      last: word
        ? `${word.isGranted ? "Agreed" : "Refused"} ${when}: ${sources[word.source] ?? word.source}`
        : "Said nothing",
    };
  });
}

const stopReasons: Record<Stops[number]["reason"], string> = {
  bounced: "messages to it bounced",
  soft_bounces: "messages to it bounced again and again",
  complained: "it reported a message as spam",
  requested: "somebody there asked for it",
};

export const listStops = (stops: Stops): string[] =>
  stops.map(
    ({ channel, reason }) =>
      `Nothing goes to this ${channel === "email" ? "email address" : "phone number"}: ${stopReasons[reason]}.`,
  );

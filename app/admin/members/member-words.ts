import type { ToneName } from "#components/ui/tone";
import { shortDay } from "#lib/format-time";
import { type MemberState, memberStateNames, memberStateOf } from "#lib/member-state";
import { type RiskLevel, riskLevelOf, riskNames } from "#lib/risk-level";

const stateTones: Record<MemberState, ToneName> = { active: "good", frozen: "wait", ended: "bad", cancelled: "bad" };
const riskTones: Record<RiskLevel, ToneName> = { high: "bad", medium: "warn", low: "good" };

type Standing = Parameters<typeof memberStateOf>[0] & { pausedUntil: string | null; joinDate: string | null };

/** How things stand with a member, and what of it is not the usual. */
export function describeState(member: Standing, today: string) {
  const state = memberStateOf(member, today);
  return { state: memberStateNames[state], tone: stateTones[state], note: noteOn(member, state, today) };
}

function noteOn({ pausedUntil, joinDate, membershipEndsOn }: Standing, state: MemberState, today: string) {
  if (state === "ended" && membershipEndsOn) {
    return `on ${shortDay(membershipEndsOn)}`;
  }
  if (joinDate !== null && joinDate > today) {
    return `joins on ${shortDay(joinDate)}`;
  }
  return pausedUntil !== null && pausedUntil >= today ? `messages paused until ${shortDay(pausedUntil)}` : null;
}

export function describeRisk(score: number | null): { name: string; tone: ToneName } | null {
  if (score === null) {
    return null;
  }
  const level = riskLevelOf(score);
  return { name: riskNames[level], tone: riskTones[level] };
}

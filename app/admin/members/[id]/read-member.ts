import type { Entries, Entry } from "#components/members/entry-list";
import type { Db } from "#db/client";
import { listNewestConsents, listSuppressionsOf } from "#db/queries/consent-state";
import { listTags } from "#db/queries/member-choices";
import {
  listCreditsOfMember,
  listOffersOfMember,
  listRunsOfMember,
  listTasksOfMember,
  readCreditBalance,
} from "#db/queries/member-history";
import { listMemberships, listVisitDays, type MemberProfile } from "#db/queries/member-profile";
import { listMessages } from "#db/queries/message-log";
import { listNotifications } from "#db/queries/notifications";
import { listStaffNames } from "#db/queries/tasks";
import { listManualWorkflows } from "#engine/by-hand/list-manual";
import type { Clock } from "#engine/define";
import { readPickNames } from "#engine/editing/pick-names";
import { describeRiskOf, listConsents, listProfile, listSpans, listStops } from "./describe-facts.ts";
import {
  describeCredits,
  describeMessage,
  describeNotification,
  describeOffer,
  describeTask,
  printCredits,
} from "./describe-history.ts";
import { describeRun } from "./describe-runs.ts";
import { describeVisits, visitYear } from "./describe-visits.ts";

const shown = 10;

/** What is known of a member, for the side of their page. */
export async function readFacts(db: Db, member: MemberProfile, clock: Clock) {
  const [memberships, consents, stops] = await Promise.all([
    listMemberships(db, member.id, 20),
    listNewestConsents(db, member.id),
    listSuppressionsOf(db, member, clock.now),
  ]);
  return {
    profile: listProfile(member),
    memberships: listSpans(memberships, clock.today),
    risk: describeRiskOf(member, clock),
    consents: listConsents(consents, clock),
    stops: listStops(stops),
  };
}

export async function readVisits(db: Db, member: MemberProfile, { today }: Clock) {
  const days = await listVisitDays(db, member.id, visitYear(today));
  return describeVisits(days, { lastVisitOn: member.lastVisitOn, total: member.visitsTotal }, today);
}

/** What happened with a member, newest first, of each kind as much as is looked at. */
export async function readHistory(db: Db, memberId: number, clock: Clock) {
  // One more than is shown, to know whether that is all.
  const limit = shown + 1;
  const [runs, messages, notifications, tasks, offers, credits, balance] = await Promise.all([
    listRunsOfMember(db, memberId, limit),
    listMessages(db, { memberId, limit, includeSignIn: false }),
    listNotifications(db, memberId, { limit }),
    listTasksOfMember(db, memberId, limit),
    listOffersOfMember(db, memberId, limit),
    listCreditsOfMember(db, memberId, limit),
    readCreditBalance(db, memberId),
  ]);
  const nameOf = await readPickNames(db, runs);
  return {
    runs: newest(runs, (run) => describeRun(run, nameOf, clock)),
    messages: newest(messages, (message) => describeMessage(message, clock)),
    notifications: newest(notifications, (notification) => describeNotification(notification, clock)),
    tasks: newest(tasks, (task) => describeTask(task, clock)),
    offers: newest(offers, (offer) => describeOffer(offer, clock)),
    credits: newest(credits, (entry) => describeCredits(entry, clock)),
    balance: printCredits(balance),
  };
}

/** What the dialogs offer to choose from. */
export async function readChoices(db: Db) {
  const [workflows, staff, tags] = await Promise.all([listManualWorkflows(db), listStaffNames(db), listTags(db)]);
  return { workflows, staff, tags };
}

function newest<Row>(rows: Row[], describe: (row: Row) => Entry): Entries {
  return { rows: rows.slice(0, shown).map(describe), hasMore: rows.length > shown };
}

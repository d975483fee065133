import { expect } from "vitest";
import { gymSettings } from "#db/schema/index";
import { holdsFor, testConditions, tested } from "../../test/support/condition-table.ts";
import { test } from "../../test/support/database.ts";
import { condition, conditions } from "./index.ts";

const none = (type: string) => ({ type, params: {} });

testConditions({
  condition: none("visited_since_start"),
  holds: {
    "came after the start": { visits: ["2026-11-21"] },
    "a visit before the start was brought in after it": {
      visits: ["2026-11-19"],
      facts: { last_visit_on: "2026-10-01" },
    },
    "a visit before the start was brought in, the first": { visits: ["2026-11-19"], facts: { last_visit_on: null } },
  },
  fails: {
    never: {},
    "came before the start": { visits: ["2026-11-20"] },
    "no visit but the one the trigger knew": { visits: ["2026-10-01"], facts: { last_visit_on: "2026-10-01" } },
  },
});

testConditions({
  condition: { type: "visited_within", params: { days: 7 } },
  holds: {
    today: { visits: ["2026-11-22"] },
    "6 days ago": { visits: ["2026-11-16"] },
    "E26: a visit in the future counts as one today": { visits: ["2026-12-24"] },
  },
  fails: { "7 days ago": { visits: ["2026-11-15"] }, "joined today, never came": { joinDate: "2026-11-22" } },
});

testConditions({
  condition: { type: "visited_within", params: { days: 1 } },
  holds: { today: { visits: ["2026-11-22"] } },
  fails: { yesterday: { visits: ["2026-11-21"] } },
});

const tagged = (tag: string) => ({ tags: [{ tag, createdAt: "2026-01-01T00:00:00Z" }] });

testConditions({
  condition: { type: "has_tag", params: { tag: " vip " } },
  holds: { "has it": tagged("vip") },
  fails: { "has another": tagged("vip-2"), "has none": {} },
});

testConditions({
  condition: none("membership_renewed"),
  holds: {
    "E36: ends later now": { expiresOn: "2027-12-01", facts: { expires_on: "2026-12-01" } },
    "never ends now": { facts: { expires_on: "2026-12-01" } },
    "had ended, and ends later now": { expiresOn: "2027-11-15", facts: { expired_on: "2026-11-15" } },
    "E37: a second membership ends later": {
      memberships: [
        { startsOn: "2025-12-01", endsOn: "2026-12-01" },
        { startsOn: "2026-12-02", endsOn: "2027-12-01" },
      ],
      facts: { expires_on: "2026-12-01" },
    },
    "renewed since a start that was not about an end": { renewedAt: "2026-11-21T12:00:00Z" },
  },
  fails: {
    "ends on the same day": { expiresOn: "2026-12-01", facts: { expires_on: "2026-12-01" } },
    "ends earlier now": { expiresOn: "2026-11-30", facts: { expires_on: "2026-12-01" } },
    "the trigger was not about an end": { expiresOn: "2026-12-01" },
    "renewed before the start": { renewedAt: "2026-11-20T12:00:00Z" },
    "renewed since, and the end that it was about is the same": {
      ...{ renewedAt: "2026-11-21T12:00:00Z", expiresOn: "2026-12-01", facts: { expires_on: "2026-12-01" } },
    },
  },
});

const email = (status: string, queuedAt?: string) => ({ channel: "email" as const, status, queuedAt });
const sms = (status: string) => ({ channel: "sms" as const, status });
const notification = { channel: "in_app" as const, status: "sent" };

const openedAtLeast = {
  "was clicked": { messages: [email("clicked")] },
  "was clicked, and a notification followed": { messages: [email("clicked"), notification] },
  "an SMS was clicked after an email": { messages: [email("sent"), sms("clicked")] },
  "was clicked, and the next was skipped": { messages: [email("clicked"), email("skipped"), email("failed")] },
};

const notOpened = {
  "was delivered": { messages: [email("delivered")] },
  "bounced after one that was clicked": { messages: [email("clicked"), email("bounced")] },
  "the next one waits to be delivered": { messages: [email("clicked"), email("queued")] },
  "a later one, queued before it by its id": {
    messages: [email("sent", "2026-11-21T04:00:00Z"), email("clicked", "2026-11-21T03:00:00Z")],
  },
  "nothing was sent": {},
  "only a notification": { messages: [notification] },
  "another run's was clicked": { messages: [email("sent")], otherMessages: [email("clicked")] },
};

testConditions({
  condition: none("opened_last_message"),
  holds: { ...openedAtLeast, "was opened": { messages: [email("opened")] } },
  fails: { ...notOpened, "the one before was opened": { messages: [email("opened"), email("sent")] } },
});

testConditions({
  condition: none("clicked_last_message"),
  holds: openedAtLeast,
  fails: { ...notOpened, "was opened": { messages: [email("opened")] } },
});

const risk = (score: number, scoredAt: string) => ({ risk: [{ score, scoredAt }] });

testConditions({
  condition: { type: "risk_at_least", params: { score: 0.5 } },
  holds: {
    "exactly as high": risk(0.5, "2026-11-22T00:00:00Z"),
    "E34: exactly 7 days old": risk(0.9, "2026-11-15T03:00:00Z"),
  },
  fails: {
    "E35: just below": risk(0.4999, "2026-11-22T00:00:00Z"),
    "E34: older than 7 days": risk(0.9, "2026-11-15T02:59:59Z"),
    "E34: no score": {},
  },
});

testConditions({
  condition: { type: "level_is", params: { level: "Gold" } },
  holds: { "the same": { membershipLevel: "Gold" }, "in another case, with spaces": { membershipLevel: " gOLD " } },
  fails: { another: { membershipLevel: "Golden" }, none: {} },
});

testConditions({
  condition: { type: "language_is", params: { language: "de" } },
  holds: { "the member's": { language: "de" } },
  fails: { "another of the member's": { language: "fr" }, "none, at a gym that writes English": {} },
});

test("a member without a language has the gym's", async ({ tx }) => {
  await tx.update(gymSettings).set({ language: "de" });
  expect(await holdsFor(tx, { type: "language_is", params: { language: "de" } }, {})).toBe(true);
});

const [vip, gold, came] = [
  { type: "has_tag", params: { tag: "vip" } },
  { type: "level_is", params: { level: "gold" } },
  { type: "visited_within", params: { days: 7 } },
];
const goldVip = { ...tagged("vip"), membershipLevel: "gold" };

testConditions({
  condition: { all: [vip, gold] },
  holds: { both: goldVip },
  fails: {
    "one, and the other unknown": tagged("vip"),
    "one, not the other": { ...tagged("vip"), membershipLevel: "x" },
  },
});

testConditions({
  condition: { any: [gold, vip] },
  holds: { both: goldVip, "one, and the other unknown": tagged("vip") },
  fails: { "neither, one unknown": {}, "neither, both known": { membershipLevel: "x" } },
});

testConditions({
  condition: { not: gold },
  holds: { "something else": { membershipLevel: "x" }, "unknown: it does not hold, so not holding does": {} },
  fails: { "the level itself": { membershipLevel: "gold" } },
});

testConditions({
  condition: { all: [{ any: [vip, came] }, { not: { all: [gold, { not: came }] } }] },
  holds: { "vip without a level": tagged("vip"), "gold and came": { ...goldVip, visits: ["2026-11-22"] } },
  fails: { "gold vip who did not come": goldVip, "nothing at all": {} },
});

testConditions({
  condition: { not: { any: [gold, none("opened_last_message"), { type: "risk_at_least", params: { score: 0 } }] } },
  holds: { "nothing is known": {} },
  fails: { "one is": risk(0, "2026-11-22T00:00:00Z") },
});

test.for([
  { type: "visited_within", params: {} },
  { type: "visited_within", params: { days: 0 } },
  { type: "has_tag", params: { tag: "" } },
  { type: "has_tag", params: { tag: "x".repeat(51) } },
  { type: "risk_at_least", params: { score: 1.01 } },
  { type: "level_is", params: { level: " " } },
  { type: "language_is", params: { language: "rm" } },
  { type: "opened_last_message", params: { days: 1 } },
])("is refused: %j", (stored) => {
  expect(condition.safeParse(stored).success).toBe(false);
});

test("every condition has its table", () => {
  expect(conditions.entries.map(({ type }) => type).filter((type) => !tested.has(type))).toEqual([]);
});

import type { Db } from "#db/client";
import { type NewVisit, recordVisits } from "#db/queries/visits";
import { automationWorkflows, communicationTemplates, consentEvents, memberships, users } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";

/** 04:00 in Zurich on a winter's day, when sweeps run. */
export const clockAt = (today: string): Clock => ({
  now: new Date(`${today}T03:00:00Z`),
  today,
  timeZone: "Europe/Zurich",
});

type NewMember = Partial<typeof users.$inferInsert> & {
  /** Days on which they came, at noon; or more exactly what they did then. */
  visits?: (string | Omit<NewVisit, "memberId">)[];
  /** Also writes the membership that ends then. */
  expiresOn?: string;
  /** What they said of marketing email. Unsaid, they agreed. */
  emailConsent?: boolean | null;
};

let count = 0;

/** An active member who joined long ago, has an address, agreed to email and was never here. */
export async function createMember(db: Db, { visits = [], expiresOn, emailConsent = true, ...user }: NewMember = {}) {
  count++;
  const defaults = {
    firstName: "Ada",
    lastName: `Member ${count}`,
    email: `member-${count}@example.com`,
    joinDate: "2020-01-01",
  };
  const member = one(
    await db
      .insert(users)
      .values({ ...defaults, membershipEndsOn: expiresOn, ...user })
      .returning(),
  );
  if (expiresOn) {
    const startsOn = member.joinDate ?? "2020-01-01";
    await db.insert(memberships).values({ memberId: member.id, startsOn, endsOn: expiresOn });
  }
  if (emailConsent !== null) {
    await db.insert(consentEvents).values({
      memberId: member.id,
      channel: "email",
      class: "marketing",
      isGranted: emailConsent,
      source: "test",
    });
  }
  const atNoon = (day: string) => ({ visitedAt: new Date(`${day}T11:00:00Z`), kind: "checkin" as const });
  const came = visits.map((visit) => ({ memberId: member.id, ...(typeof visit === "string" ? atNoon(visit) : visit) }));
  await recordVisits(db, came, clockAt("2000-01-01"));
  return member;
}

export async function createTemplate(db: Db, template: Partial<typeof communicationTemplates.$inferInsert> = {}) {
  count++;
  const defaults = {
    name: `Template ${count}`,
    channel: "email" as const,
    subject: "Hello {{ member_first_name }}",
    title: "Hello {{ member_first_name }}",
    bodyHtml: "<p>Good to see you, {{ member_first_name }}.</p>",
    bodyText: "Good to see you, {{ member_first_name }}.",
  };
  return one(
    await db
      .insert(communicationTemplates)
      .values({ ...defaults, ...template })
      .returning(),
  );
}

type NewWorkflow = Partial<typeof automationWorkflows.$inferInsert>;

/** An enabled workflow: 30 days of silence, then a tag; a week of cooldown. */
export async function createWorkflow(db: Db, workflow: NewWorkflow = {}) {
  count++;
  const defaults = {
    name: `Workflow ${count}`,
    trigger: { type: "low_engagement", params: { inactive_days: 30 } },
    steps: [{ id: 1, action: { type: "add_tag", params: { tag: "absent" } } }],
    isEnabled: true,
  };
  return one(
    await db
      .insert(automationWorkflows)
      .values({ ...defaults, ...workflow })
      .returning(),
  );
}

/** A branch step as it is stored. */
export const branchStep = (id: number, condition: unknown, yes: unknown[], no: unknown[] = []) => ({
  id,
  branch: { if: condition, then: yes, else: no },
});

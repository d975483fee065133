import { sql } from "drizzle-orm";
import { addDays } from "#lib/calendar";
import type { Tx } from "../../client.ts";
import { consentEvents, gymSettings, locations, memberTags, users } from "../../schema/index.ts";
import type { DrawnGym } from "./gym.ts";
import { locationNames } from "./timetable.ts";

/** Where the drawn people and places went, by their index. */
export type InsertedGym = { memberIds: number[]; locationIds: number[] };

/** Noon in the gym's winter, which is the same calendar day in all of its seasons. */
const noonOf = (day: string) => new Date(`${day}T11:00:00Z`);

export async function insertPeople(tx: Tx, gym: DrawnGym, today: string): Promise<InsertedGym> {
  await tx.update(gymSettings).set({
    name: "Training Club",
    postalAddress: "Langstrasse 120\n8004 Zürich",
    senderName: "Training Club",
    senderAddress: "hello@training-club.example",
  });
  const locationIds = idsOf(
    await tx
      .insert(locations)
      .values(locationNames.map((name) => ({ name })))
      .returning({ id: locations.id }),
  );
  const joinedTeamOn = noonOf(addDays(today, -1500));
  const staffIds = idsOf(
    await tx
      .insert(users)
      .values(
        gym.staff.map(({ location, ...person }) => ({
          ...person,
          locationId: locationIds[location],
          language: "en" as const,
          createdAt: joinedTeamOn,
        })),
      )
      .returning({ id: users.id }),
  );
  // Who has no trainer of their own is looked after by one of the team.
  await tx.update(gymSettings).set({ defaultAssigneeId: idAt(staffIds, 1) });
  const memberIds = idsOf(
    await tx
      .insert(users)
      .values(
        gym.members.map(({ trainer, location, memberships, emailConsent, tags, habit, lastDay, ...member }, index) => ({
          ...member,
          externalId: `TC-${1001 + index}`,
          phone: phoneOf(index),
          membershipLevel: memberships.at(-1)?.level,
          primaryTrainerId: trainer === null ? null : staffIds[trainer],
          locationId: locationIds[location],
          createdAt: noonOf(member.joinDate),
          updatedAt: noonOf(member.joinDate),
        })),
      )
      .returning({ id: users.id }),
  );
  await insertConsent(tx, gym, memberIds);
  const tags = gym.members.flatMap((member, index) =>
    member.tags.map((tag) => ({ memberId: idAt(memberIds, index), tag, createdAt: noonOf(member.joinDate) })),
  );
  await tx.insert(memberTags).values(tags);
  await tx.execute(sql`analyze users`);
  return { memberIds, locationIds };
}

/** Nine in ten gave one. Nobody in Switzerland has a mobile number that goes on with three zeros. */
const phoneOf = (index: number) => (index % 10 === 3 ? null : `+4179000${String(index).padStart(4, "0")}`);

async function insertConsent(tx: Tx, { members }: DrawnGym, memberIds: number[]) {
  const events = members.flatMap(({ emailConsent, joinDate }, index) =>
    emailConsent === null
      ? []
      : {
          memberId: idAt(memberIds, index),
          channel: "email" as const,
          class: "marketing" as const,
          isGranted: emailConsent,
          source: "desk",
          wording: "May we write to you about training, events and offers? You can stop it in every email.",
          createdAt: noonOf(joinDate),
        },
  );
  await tx.insert(consentEvents).values(events);
}

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

export function idAt(ids: number[], index: number): number {
  const id = ids[index];
  if (id === undefined) {
    throw new Error(`Nobody has the index ${index}`);
  }
  return id;
}

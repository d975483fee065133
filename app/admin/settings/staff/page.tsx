import type { Metadata } from "next";
import { StaffList } from "#components/settings/staff-list";
import { Page } from "#components/ui/page";
import { listStaff } from "#db/queries/staff";
import { readClock } from "#engine/clock";
import { dayAndTime, shortDay } from "#lib/format-time";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { SettingsHead } from "../settings-head.tsx";
import { addPerson, changeStaffRole, removePerson } from "./actions.ts";

export const metadata: Metadata = { title: "Staff · Settings" };

export default async function StaffPage() {
  const viewer = await requireViewer(["admin"]);
  const db = getDb();
  const [staff, { now, today, timeZone }] = await Promise.all([listStaff(db), readClock(db)]);
  return (
    <Page>
      <SettingsHead description="Who works here, and what they may do." />
      <StaffList
        viewerId={viewer.userId}
        people={staff.map(({ absentUntil, seenAt, ...person }) => ({
          ...person,
          away: absentUntil !== null && absentUntil >= today ? `Away until ${shortDay(absentUntil)}` : null,
          seen: seenAt ? dayAndTime(new Date(seenAt), now, timeZone) : null,
        }))}
        actions={{ add: addPerson, changeRole: changeStaffRole, remove: removePerson }}
      />
    </Page>
  );
}

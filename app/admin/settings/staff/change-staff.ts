import type { Tx } from "#db/client";
import { changeRole, findByWorkAddress } from "#db/queries/admins";
import { insertAuditEvent } from "#db/queries/audit";
import {
  archiveStaff,
  handOverTasks,
  insertStaff,
  lockAdmins,
  lockStaff,
  type StaffMember,
  type StaffRole,
} from "#db/queries/staff";
import { lockAssignment } from "#db/queries/tasks";
import { AppError } from "#lib/errors";
import { createSignIn } from "../../../_server/create-sign-in.ts";

type Actor = { actorId: number };
type NewPerson = { email: string; firstName: string; lastName: string; role: StaffRole } & Actor;

/** Lets somebody work here: a new person, or one who is known by this address. Returns what came of it, in words. */
export async function addStaff(tx: Tx, { actorId, ...person }: NewPerson): Promise<string> {
  const { email, role } = person;
  const known = await findByWorkAddress(tx, email);
  if (known && known.role !== "member") {
    const message = `${known.name || email} works here already`;
    throw new AppError("conflict", `${message}.`, { email: `${message}: change the role in the list` });
  }
  const name = known?.name || `${person.firstName} ${person.lastName}`.trim() || email;
  const userId = known?.userId ?? (await insertStaff(tx, person));
  if (!known?.hasSignIn) {
    await createSignIn(tx, { userId, email, name });
  }
  await changeRole(tx, { userId, role });
  await insertAuditEvent(tx, {
    ...{ actorId, action: "staff_added", subjectType: "user", subjectId: userId },
    before: known ? { role: known.role } : undefined,
    after: { role },
  });
  const was = known ? "was a member and can now sign in here" : "can sign in now";
  return `${name} ${was}, with a link that the sign-in page mails to ${email}.`;
}

type RoleChange = { userId: number; from: StaffRole; to: StaffRole } & Actor;

/** Every session of theirs ends with it. */
export async function giveRole(tx: Tx, { userId, from, to, actorId }: RoleChange): Promise<void> {
  const person = await requireStaff(tx, userId, to);
  if (person.role !== from) {
    throw new AppError("conflict", `${person.name} has another role by now. Look again.`);
  }
  await changeRole(tx, { userId, role: to });
  await insertAuditEvent(tx, {
    ...{ actorId, action: "role_changed", subjectType: "user", subjectId: userId },
    before: { role: from },
    after: { role: to },
  });
}

type Removal = { userId: number; tasksTo: number | null } & Actor;

/** Takes all access away. A member stays one; whoever is none is archived. */
export async function removeStaff(tx: Tx, { userId, tasksTo, actorId }: Removal): Promise<void> {
  const person = await requireStaff(tx, userId, null);
  if (person.isDefaultAssignee) {
    const way = "choose somebody else for them under Automation first";
    throw new AppError("conflict", `${person.name} gets the tasks that nobody else can take: ${way}.`);
  }
  const tasks = await passTasksOn(tx, person, tasksTo);
  if (person.hasMembership) {
    await changeRole(tx, { userId, role: "member" });
  } else {
    await archiveStaff(tx, userId);
  }
  await insertAuditEvent(tx, {
    ...{ actorId, action: "staff_removed", subjectType: "user", subjectId: userId },
    before: { role: person.role },
    after: {
      role: person.hasMembership ? "member" : null,
      tasks_handed_over: tasks,
      tasks_to: tasks > 0 ? tasksTo : null,
    },
  });
}

/** @throws AppError where the gym would be left without an admin. */
async function requireStaff(tx: Tx, userId: number, next: StaffRole | null): Promise<StaffMember> {
  const admins = await lockAdmins(tx);
  const person = await lockStaff(tx, userId);
  if (!person) {
    throw new AppError("not_found", "They do not work here any more.");
  }
  if (next !== "admin" && admins.has(userId) && admins.size === 1) {
    throw new AppError("conflict", `${person.name} is the only admin. Make somebody else an admin first.`);
  }
  return person;
}

/** Returns how many there were. */
async function passTasksOn(tx: Tx, person: StaffMember, tasksTo: number | null): Promise<number> {
  // Nobody hands them another one meanwhile.
  await lockAssignment(tx);
  const heir = tasksTo === null || tasksTo === person.id ? null : await lockStaff(tx, tasksTo);
  const tasks = await handOverTasks(tx, { from: person.id, to: heir?.id ?? person.id });
  if (tasks > 0 && !heir) {
    const message = "Choose who gets their open tasks";
    throw new AppError("invalid", `${message}.`, { tasksTo: message });
  }
  return tasks;
}

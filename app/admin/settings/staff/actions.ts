"use server";

import { revalidatePath } from "next/cache";
import { withTransaction } from "#db/client";
import { doOnce } from "#db/queries/sent-forms";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";
import { addStaff, giveRole, removeStaff } from "./change-staff.ts";
import { newPerson, removal, roleChange } from "./staff-input.ts";

const page = "/admin/settings/staff";

export const addPerson = defineServerAction(
  { roles: ["admin"], input: newPerson },
  async ({ token, ...person }, { userId }) => {
    const db = getDb();
    const { now } = await readClock(db);
    const said = await doOnce(db, { userId, token, now }, (tx) => addStaff(tx, { ...person, actorId: userId }));
    revalidatePath(page);
    return said;
  },
);

export const changeStaffRole = defineServerAction(
  { roles: ["admin"], input: roleChange },
  async (change, { userId: actorId }) => {
    await withTransaction(getDb(), (tx) => giveRole(tx, { ...change, actorId }));
    revalidatePath(page);
    return null;
  },
);

export const removePerson = defineServerAction(
  { roles: ["admin"], input: removal },
  async (given, { userId: actorId }) => {
    await withTransaction(getDb(), (tx) => removeStaff(tx, { ...given, actorId }));
    revalidatePath(page);
    return null;
  },
);

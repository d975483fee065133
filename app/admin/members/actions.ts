"use server";

import { revalidatePath } from "next/cache";
import { doOnce } from "#db/queries/sent-forms";
import { createTaskByHand } from "#engine/by-hand/create-task";
import { holdMember } from "#engine/by-hand/hold-member";
import { giveOfferByHand, grantCreditsByHand } from "#engine/by-hand/rewards";
import { addTagByHand, removeTagByHand } from "#engine/by-hand/tags";
import { readClock } from "#engine/clock";
import { requestEnrolment } from "#engine/enrol";
import { eraseMember } from "#engine/privacy/erase-member";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { credits, enrolment, erasure, offer, tagging, task } from "./by-hand-input.ts";
import { requireMeant } from "./require-meant.ts";

const page = "/admin/members/[id]";

export const addMemberTag = defineServerAction({ roles: ["admin"], input: tagging }, async (given, { userId }) => {
  await addTagByHand(getDb(), { ...given, actorId: userId });
  revalidatePath(page, "page");
  return null;
});

export const removeMemberTag = defineServerAction({ roles: ["admin"], input: tagging }, async (given, { userId }) => {
  await removeTagByHand(getDb(), { ...given, actorId: userId });
  revalidatePath(page, "page");
  return null;
});

export const enrolMember = defineServerAction(
  { roles: ["admin"], input: enrolment },
  async ({ token, workflowId, memberId }, { userId }) => {
    const db = getDb();
    const { now } = await readClock(db);
    return doOnce(db, { userId, token, now }, async (tx) => {
      await holdMember(tx, memberId);
      return requestEnrolment(tx, { workflowId, memberId, tag: null, actorId: userId });
    });
  },
);

export const grantMemberCredits = defineServerAction(
  { roles: ["admin"], input: credits },
  async ({ token, ...given }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    await doOnce(db, { userId, token, now: clock.now }, async (tx) => {
      await grantCreditsByHand(tx, { ...given, actorId: userId }, clock);
      return null;
    });
    revalidatePath(page, "page");
    return null;
  },
);

export const giveMemberOffer = defineServerAction(
  { roles: ["admin"], input: offer },
  async ({ token, ...given }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    await doOnce(db, { userId, token, now: clock.now }, async (tx) => {
      await giveOfferByHand(tx, { ...given, actorId: userId }, clock);
      return null;
    });
    revalidatePath(page, "page");
    return null;
  },
);

export const createMemberTask = defineServerAction(
  { roles: ["admin"], input: task },
  async ({ token, ...given }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    await doOnce(db, { userId, token, now: clock.now }, async (tx) => {
      await createTaskByHand(tx, { ...given, actorId: userId }, clock);
      return null;
    });
    revalidatePath(page, "page");
    return null;
  },
);

export const eraseNamedMember = defineServerAction(
  { roles: ["admin"], input: erasure },
  async ({ token, memberId, typed }, { userId }) => {
    const db = getDb();
    const clock = await readClock(db);
    await doOnce(db, { userId, token, now: clock.now }, async (tx) => {
      await requireMeant(tx, memberId, typed);
      await eraseMember(tx, memberId, userId, clock);
      return null;
    });
    return null;
  },
);

"use server";

import { z } from "zod";
import * as notifications from "#db/queries/notifications";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";

const id = z.int().positive();
const oneOfMine = { roles: ["member" as const], input: z.object({ id }) };

export const markRead = defineServerAction(oneOfMine, async (input, viewer) => {
  await notifications.markRead(getDb(), viewer.userId, input.id);
  return null;
});

export const markUnread = defineServerAction(oneOfMine, async (input, viewer) => {
  await notifications.markUnread(getDb(), viewer.userId, input.id);
  return null;
});

export const dismiss = defineServerAction(oneOfMine, async (input, viewer) => {
  await notifications.dismiss(getDb(), viewer.userId, input.id);
  return null;
});

export const restore = defineServerAction(oneOfMine, async (input, viewer) => {
  await notifications.restore(getDb(), viewer.userId, input.id);
  return null;
});

export const markAllRead = defineServerAction(
  { roles: ["member"], input: z.object({ throughId: id }) },
  async ({ throughId }, { userId }) => {
    await notifications.markAllRead(getDb(), userId, throughId);
    return null;
  },
);

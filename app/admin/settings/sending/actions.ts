"use server";

import { z } from "zod";
import { readSettings } from "#db/queries/settings";
import { readClock } from "#engine/clock";
import { queueTestMail } from "#messaging/queue-test-mail";
import { defineServerAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";
import { writeTest } from "./write-test.ts";

/** To nobody but the admin who asks for it. */
export const sendSenderTest = defineServerAction(
  { roles: ["admin"], input: z.strictObject({}) },
  async (_input, viewer) => {
    const db = getDb();
    const { message } = writeTest(await readSettings(db));
    if (!message) {
      throw new Error("The test could not be written");
    }
    await queueTestMail(db, { message, language: "en", templateId: null, viewer }, await readClock(db));
    return { sentTo: viewer.email };
  },
);

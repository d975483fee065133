import { expect } from "vitest";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { communicationLogs } from "../schema/index.ts";
import { listDueBells } from "./due-work.ts";

test.for(["email", "in_app", "sms"] as const)(
  "a message of the channel %s that is due rings for its delivery",
  async (channel, { tx }) => {
    const member = await createMember(tx);
    expect(await listDueBells(tx)).toEqual([]);
    const owed = { channel, class: "service", memberId: member.id, queuedAt: new Date(0), dueAt: new Date(0) } as const;
    await tx.insert(communicationLogs).values(owed);
    expect(await listDueBells(tx)).toEqual(["deliver"]);
  },
);

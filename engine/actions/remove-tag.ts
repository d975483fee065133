import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberTags } from "#db/schema/index";
import { defineAction, done } from "../define.ts";

export const removeTag = defineAction({
  type: "remove_tag",
  label: "Remove a tag",
  help: "Takes the tag off the member. Whoever does not have it stays as they are.",
  params: z.object({
    tag: z.string().trim().min(1).max(50).meta({ label: "Tag" }),
  }),

  async execute(batch, { tag }, { tx }) {
    const memberIds = batch.map(({ memberId }) => memberId);
    await tx.execute(sql`
      delete from ${memberTags} where (member_id, tag) in (
        select member_id, tag from ${memberTags}
        where tag = ${tag} and member_id = any(${sql.param(memberIds)}::bigint[])
        order by member_id for update
      )`);
    return batch.map(done);
  },
});

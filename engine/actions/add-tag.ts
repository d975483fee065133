import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberTags } from "#db/schema/index";
import { defineAction, done } from "../define.ts";

export const addTag = defineAction({
  type: "add_tag",
  label: "Add a tag",
  help: "Marks the member, for lists and for other workflows.",
  params: z.object({
    tag: z.string().trim().min(1).max(50).meta({ label: "Tag" }),
  }),

  async execute(batch, { tag }, { tx }) {
    const memberIds = batch.map(({ memberId }) => memberId);
    await tx.execute(sql`
      insert into ${memberTags} (member_id, tag)
      select distinct member_id, ${tag} from unnest(${sql.param(memberIds)}::bigint[]) as member_id order by member_id
      on conflict do nothing`);
    return batch.map(done);
  },
});

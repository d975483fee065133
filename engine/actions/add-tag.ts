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

  async execute(batch, { tag }, { tx, clock }) {
    await tx.execute(sql`
      insert into ${memberTags} (member_id, tag, run_id, created_at)
      select distinct on (member_id) member_id, ${tag}, run_id, ${clock.now}::timestamptz
      from unnest(
        ${sql.param(batch.map(({ memberId }) => memberId))}::bigint[],
        ${sql.param(batch.map(({ runId }) => runId))}::bigint[]
      ) as target (member_id, run_id)
      order by member_id, run_id
      on conflict do nothing`);
    return batch.map(done);
  },
});

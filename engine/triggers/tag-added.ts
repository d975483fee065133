import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m, memberTags } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

export const tagAdded = defineTrigger({
  type: "tag_added",
  label: "Was given a tag",
  help: "The moment the tag is added, up to 2 days late. Removed and added again, it counts again.",
  params: z.object({
    tag: z.string().trim().min(1).max(50).meta({ label: "Tag" }),
  }),
  summarize: ({ tag }) => `is given the tag "${tag}"`,
  facts: { tag: { label: "The tag", sample: "trial-lesson" } },

  window: () => ({ daysBefore: 0, daysAfter: 2 }),
  startsOn: () => ["tag_added"],
  match: ({ tag }, { timeZone }, { first, last }) => {
    const addedOn = sql`(${memberTags.createdAt} at time zone ${timeZone})::date`;
    const isTheirs = sql`${memberTags.memberId} = ${m.memberId} and ${memberTags.tag} = ${tag}`;
    const ofTheTag = (value: SQL) => sql`(select ${value} from ${memberTags} where ${isTheirs})`;
    return {
      where: sql`exists (select from ${memberTags} where ${isTheirs} and ${addedOn} between ${first}::date and ${last}::date)`,
      // The instant names the adding, to the microsecond: adding it again is another happening.
      occurrence: ofTheTag(
        sql`'tag_added:' || ${memberTags.tag} || ':' || (extract(epoch from ${memberTags.createdAt}) * 1000000)::bigint`,
      ),
      happensOn: ofTheTag(addedOn),
      causedBy: ofTheTag(sql`${memberTags.runId}`),
      facts: { tag: sql`${tag}::text` },
    };
  },
});

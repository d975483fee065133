import { sql } from "drizzle-orm";
import { type Db, withReadOnly } from "#db/client";
import { isStatementTimeout } from "#db/errors";
import { memberFacts, users } from "#db/schema/index";
import { AppError } from "#lib/errors";
import { shortDay } from "#lib/format-time";
import { audienceQuery } from "../audience.ts";
import type { Clock, Trigger } from "../define.ts";
import type { Definition } from "../definition.ts";
import { inspectJson } from "../readable.ts";
import { fieldsOf } from "../require-workflow.ts";
import { judgedQuery, type Verdict } from "../start-runs.ts";
import { triggers } from "../triggers/index.ts";

/** Whom an unsaved trigger would reach. */
export type AudiencePreview = {
  /** Members that match now: the sum of the four that follow. */
  matching: number;
  alreadyAnswered: number;
  /** Left out because they matched when it was switched on as "only from now on". */
  baseline: number;
  onCooldown: number;
  free: number;
  /** Ten at most, the same each time. */
  sample: {
    memberId: number;
    name: string;
    /** What the trigger knows of them. */
    why: { label: string; value: string }[];
    /** What a sweep would make of them. */
    verdict: Verdict;
  }[];
  /** Nobody matches by themselves: an admin enrols members. */
  isManual: boolean;
};

type Asked = {
  /** As it is edited: it may not parse. */
  trigger: unknown;
  /** Whose cooldowns, answered happenings and baseline are asked. */
  workflowId: number;
};

const nobody = { matching: 0, alreadyAnswered: 0, baseline: 0, onCooldown: 0, free: 0, sample: [] };

const patienceMs = 5_000;

/**
 * Whom a trigger would match now, asked by the very query that a sweep starts runs from.
 * @throws AppError `invalid` with its problems by field; `unavailable` where counting takes too long.
 */
export async function previewAudience(
  db: Db,
  { trigger: stored, workflowId }: Asked,
  clock: Clock,
): Promise<AudiencePreview> {
  const config = requireTrigger(stored);
  const trigger: Trigger = triggers.get(config.type);
  if (trigger.isManual) {
    return { ...nobody, isManual: true };
  }
  const query = sql`
    with judged as materialized (${judgedQuery({ workflow: { id: workflowId }, definition: { trigger: config }, clock })})
    select count(*)::int as matching,
           (count(*) filter (where verdict = 'answered'))::int as "alreadyAnswered",
           (count(*) filter (where verdict = 'baseline'))::int as baseline,
           (count(*) filter (where verdict = 'cooldown'))::int as "onCooldown",
           (count(*) filter (where verdict = 'free'))::int as free,
           (select coalesce(json_agg(json_build_object('memberId', member_id, 'verdict', verdict, 'name', name, 'facts', facts)
                                     order by verdict <> 'free', member_id), '[]')
            from (select chosen.member_id, chosen.verdict, concat_ws(' ', ${users.firstName}, ${users.lastName}) as name,
                         ${audienceQuery(config, clock).facts} as facts
                  from (select member_id, verdict from judged order by verdict <> 'free', member_id limit 10) chosen
                  join ${memberFacts} using (member_id) join ${users} on ${users.id} = chosen.member_id) told) as sample
    from judged`;
  const [row] = await ask(db, query);
  const { sample = [], ...counts } = row ?? { ...nobody };
  return { ...counts, sample: sample.map((found) => tell(found, trigger)), isManual: false };
}

function requireTrigger(trigger: unknown): Definition["trigger"] {
  const { problems } = inspectJson({ trigger });
  const { data, faults } = problems.length > 0 ? { data: null, faults: [] } : triggers.check(trigger);
  if (!data) {
    const all = [
      ...problems,
      ...faults.map(({ path, message }) => ({ path: ["trigger", ...path].join("."), message })),
    ];
    throw new AppError("invalid", all[0]?.message ?? "The trigger is not complete.", fieldsOf(all));
  }
  return data;
}

type Found = { memberId: number; verdict: Verdict; name: string; facts: Record<string, unknown> };

type Row = Omit<AudiencePreview, "sample" | "isManual"> & { sample: Found[] };

async function ask(db: Db, query: ReturnType<typeof sql>): Promise<Row[]> {
  try {
    return await withReadOnly(db, { timeoutMs: patienceMs }, async (tx) => (await tx.execute<Row>(query)).rows);
  } catch (error) {
    if (isStatementTimeout(error)) {
      throw new AppError("unavailable", "Counting the members took too long. Try again in a moment.");
    }
    throw error;
  }
}

function tell({ memberId, verdict, name, facts }: Found, trigger: Trigger) {
  const why = Object.entries(trigger.facts).map(([fact, { label }]) => ({ label, value: print(facts[fact]) }));
  return { memberId, name: name.trim() || `Member ${memberId}`, why, verdict };
}

const day = /^\d{4}-\d{2}-\d{2}$/;

function print(value: unknown): string {
  const text = value === null || value === undefined ? "unknown" : String(value);
  return day.test(text) ? shortDay(text) : text;
}

import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { automationLogs } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../test/support/factories.ts";
import { runDueSteps } from "./run-due-steps.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");
const canary = "canary-value-7351";

/** What the database says of a value that it cannot take, and what of that a person reads. */
const failures: [statement: string, told: string][] = [
  [`perform '${canary}'::bigint`, "invalid input syntax for type bigint (22P02)"],
  [`perform '${canary}'::date`, "invalid input syntax for type date (22007)"],
  [`perform '${canary}'::uuid`, "invalid input syntax for type uuid (22P02)"],
  [`perform '${canary}'::jsonb`, "invalid input syntax for type json (22P02)"],
  [`perform '${canary}'::inet`, "invalid input syntax for type inet (22P02)"],
  [`perform '{${canary}'::text[]`, "malformed array literal (22P02)"],
  [`perform to_date('${canary}', 'YYYY')`, "invalid value (22007)"],
  [`perform ('"${canary}"' || '"')::interval`, "invalid input syntax for type interval (22007)"],
  [`perform 1 / 0, '${canary}'`, "division by zero (22012)"],
  [
    `insert into member_tags (member_id, tag) values (-1, '${canary}')`,
    'insert or update on table "member_tags" violates foreign key constraint "member_tags_member_id_users_id_fk"',
  ],
  [
    `insert into locations (name) values ('${canary}'), ('${canary}')`,
    'duplicate key value violates unique constraint "locations_name_unique"',
  ],
  [`raise exception 'Tags are closed on Sundays'`, "Tags are closed on Sundays"],
];

/** From now on every row that comes into the table makes the database fail. */
async function failOnInsert(tx: Tx, table: string, statement: string) {
  await tx.execute(
    sql.raw(`
      create function fail_on_insert() returns trigger language plpgsql as
      $fail$ begin if pg_trigger_depth() = 1 then ${statement}; end if; return new; end $fail$;
      create trigger fail_on_insert before insert on ${table} for each row execute function fail_on_insert()`),
  );
}

test.for(failures)("of a step that fails on `%s` the log tells: %s", async ([statement, told], { tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await sweep(tx, clock);
  await failOnInsert(tx, "member_tags", statement);
  await runDueSteps(tx, () => clock);
  expect(await tx.select().from(automationLogs)).toMatchObject([{ outcome: "failed", errorMessage: told }]);
});

test.for(failures)("of a sweep that fails on `%s` people are told: %s", async ([statement, told], { tx }) => {
  await createMember(tx, { visits: ["2026-01-01"] });
  await createWorkflow(tx);
  await failOnInsert(tx, "workflow_runs", statement);
  const [result] = await sweep(tx, clock);
  expect(result).toMatchObject({ started: 0, needsAttention: [{ message: `could not be swept: ${told}` }] });
});

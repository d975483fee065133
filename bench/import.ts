import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { connect, type Db } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { executePrepared } from "#db/prepared";
import { type NewVisit, recordVisits } from "#db/queries/visits";
import { one } from "#lib/rows";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres";
import { writeMembers, writeVisits } from "./import-files.ts";

type Sizes = { members: number; visits: number };
type Print = (line: string) => void;

/**
 * The import command against `copy` of the same rows into the same tables, both on a PostgreSQL with durable commits;
 * and what keeping `member_stats` adds to storing visits.
 */
export async function benchImport({ members, visits }: Sizes, print: Print = console.log): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), "bench-import-"));
  // The server, which may run as another user, reads and writes here.
  chmodSync(directory, 0o777);
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, "postgres") });
  const open = async (name: string) => {
    const admin = connect({ connectionString: postgres.url("postgres"), max: 1 });
    await admin.pool.query(`create database ${name}`);
    await admin.close();
    await migrateDatabase(postgres.url(name));
    return connect({ connectionString: postgres.url(name), max: 2, statementTimeoutMs: 600_000 });
  };
  try {
    const imported = await open("imported");
    const copied = await open("copied");
    const files = { members: path.join(directory, "members.csv"), visits: path.join(directory, "visits.csv") };
    await writeMembers(files.members, members);
    await writeVisits(files.visits, visits, members);

    for (const kind of ["members", "visits"] as const) {
      const count = { members, visits }[kind];
      const first = await runImport(kind, files[kind], postgres.url("imported"));
      const limitMs = await copyRows(kind, imported.db, copied.db, directory);
      const again = await runImport(kind, files[kind], postgres.url("imported"));
      print(`import ${kind}: ${summarize(count, first)}`);
      print(`import ${kind} again: ${summarize(count, again)}`);
      print(`copy of the same rows: ${seconds(limitMs)}; import is ${(limitMs / first.ms).toFixed(2)} × (goal ≥ 0.15)`);
    }
    print(`HOT share of member_stats: ${(await readHotShare(imported.db)).toFixed(1)} % (goal ≥ 95)`);
    for (const [batchSize, name] of [
      [1, "one check-in at a time (goal ≤ 25)"],
      [1_000, "in batches of 1,000, each of another member"],
    ] as const) {
      print(`upkeep of member_stats: ${(await measureUpkeep(copied.db, batchSize)).toFixed(1)} % slower, ${name}`);
    }
    await imported.close();
    await copied.close();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  }
}

type Result = { ms: number; peakMiB: number; answer: Record<string, unknown> };

async function runImport(kind: string, file: string, url: string): Promise<Result> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/import.ts", kind, file, "--json"], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (piece) => {
    output += piece;
  });
  let peakKiB = 0;
  const watch = setInterval(() => {
    peakKiB = Math.max(peakKiB, readPeak(child.pid));
  }, 50);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) {
    throw new Error(`The import ended with ${code}: ${output.slice(0, 500)}`);
  }
  const { errors, ...answer } = JSON.parse(output);
  return { ms: performance.now() - start, peakMiB: peakKiB / 1024, answer };
}

/** The most memory that a process ever had, in KiB; 0 once it is gone. */
function readPeak(pid: number | undefined) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const tables = { members: ["users", "memberships", "consent_events", "member_tags"], visits: ["visits"] };

/** Takes over what the import stored with `copy`, and answers how long the writing took. */
async function copyRows(kind: keyof typeof tables, from: Db, to: Db, directory: string): Promise<number> {
  let ms = 0;
  if (kind === "members") {
    const { rows } = await from.execute<{ names: string[] }>(
      sql`select array_agg(name order by id) as names from locations`,
    );
    await to.execute(sql`insert into locations (name) select unnest(${sql.param(one(rows).names)}::text[])`);
  }
  for (const table of tables[kind]) {
    const file = path.join(directory, `${table}.copy`);
    const { rows } = await from.execute<{ columns: string }>(sql`
      select string_agg(column_name, ', ' order by ordinal_position) as columns from information_schema.columns
      where table_name = ${table} and table_schema = 'public' and is_generated = 'NEVER'`);
    const target = `${table} (${one(rows).columns})`;
    await from.execute(`copy ${target} to '${file}'`);
    const start = performance.now();
    await to.execute(`copy ${target} from '${file}'`);
    ms += performance.now() - start;
  }
  return ms;
}

async function readHotShare(db: Db): Promise<number> {
  const { rows } = await db.execute<{ share: number }>(sql`
    select (100.0 * n_tup_hot_upd / greatest(n_tup_upd, 1))::float8 as share
    from pg_stat_user_tables where relname = 'member_stats'`);
  return one(rows).share;
}

const clock = { now: new Date("2026-11-22T10:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };

/** What the figures add, in percent: batches in turn with and without them, into the same table. */
async function measureUpkeep(db: Db, batchSize: number): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`select id from users where role = 'member' order by random()`);
  let made = 0;
  const batch = (): NewVisit[] =>
    Array.from({ length: batchSize }, () => ({
      memberId: rows[made % rows.length]?.id ?? 0,
      visitedAt: new Date(clock.now.getTime() - 1_000_000 * ++made),
      kind: "checkin",
      externalId: `upkeep-${batchSize}-${made}`,
    }));
  // A member's first visit makes the row, which happens once.
  await db.execute(sql`insert into member_stats (member_id) select id from users on conflict do nothing`);
  const withFigures: number[] = [];
  const without: number[] = [];
  for (let round = 0; round < 300; round++) {
    withFigures.push(await time(() => recordVisits(db, batch(), clock)));
    without.push(await time(() => storeOnly(db, batch())));
  }
  return (median(withFigures) / median(without) - 1) * 100;
}

async function time(work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Prepared, as `recordVisits` is: what planning takes is not what the figures cost. */
async function storeOnly(db: Db, visits: NewVisit[]) {
  const statement = sql`
    insert into visits (member_id, visited_at, visited_on, kind, class_name, external_id)
    select member_id, visited_at, (visited_at at time zone ${clock.timeZone})::date, kind, '', external_id
    from unnest(${sql.param(visits.map(({ memberId }) => memberId))}::bigint[],
                ${sql.param(visits.map(({ visitedAt }) => visitedAt.toISOString()))}::timestamptz[],
                ${sql.param(visits.map(({ kind }) => kind))}::text[],
                ${sql.param(visits.map(({ externalId }) => externalId))}::text[])
      as given (member_id, visited_at, kind, external_id)
    order by member_id, visited_at
    on conflict do nothing`;
  await executePrepared(db, "store_visits", statement);
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function summarize(count: number, { ms, peakMiB, answer }: Result) {
  const rate = Math.round(count / (ms / 1000)).toLocaleString("en");
  return `${seconds(ms)}, ${rate} lines/s, peak ${Math.round(peakMiB)} MiB, ${JSON.stringify(answer)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { members: { type: "string", default: "100000" }, visits: { type: "string", default: "1000000" } },
  });
  await benchImport({ members: Number(values.members), visits: Number(values.visits) });
}

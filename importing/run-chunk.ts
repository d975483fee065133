import { type Db, withTransaction } from "#db/client";
import { isTransient, rootCause } from "#db/errors";
import { explainFailure } from "#lib/explain-failure";
import { type ChunkResult, type ImportLines, type Line, refuse } from "./kind.ts";

const dryRun = Symbol("dry run");
const maxTries = 3;

export type ChunkOptions = {
  isDryRun: boolean;
  /** Told what became of the chunk, in the transaction that stores it. */
  record?: (db: Db, result: ChunkResult) => Promise<void>;
};

/**
 * Stores a chunk in one transaction; a dry run takes it back. Should the database refuse the chunk for its data, the
 * halves are tried apart, down to the one line that it is about: the others do not suffer for it.
 */
export async function runChunk<Row>(
  db: Db,
  lines: Line<Row>[],
  importLines: ImportLines<Row>,
  options: ChunkOptions,
): Promise<ChunkResult> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await storeOnce(db, lines, importLines, options);
      result.afterCommit?.();
      return result;
    } catch (error) {
      const { code } = rootCause(error) as Error & { code?: string };
      if (code?.startsWith("22") || code?.startsWith("23")) {
        const result = await runHalves(db, lines, importLines, options.isDryRun, error);
        await options.record?.(db, result);
        return result;
      }
      // Two imports in each other's way: one of them was turned back and goes again.
      if (!isTransient(error) || !code?.startsWith("40") || tries === maxTries) {
        throw error;
      }
    }
  }
}

async function storeOnce<Row>(
  db: Db,
  lines: Line<Row>[],
  importLines: ImportLines<Row>,
  { isDryRun, record }: ChunkOptions,
) {
  let result: ChunkResult | undefined;
  await withTransaction(db, async (tx) => {
    result = await importLines(tx, lines);
    if (isDryRun) {
      throw dryRun;
    }
    await record?.(tx, result);
  }).catch((error) => {
    if (error !== dryRun) {
      throw error;
    }
  });
  if (!result) {
    throw new Error("The chunk gave no result");
  }
  if (isDryRun) {
    await record?.(db, result);
  }
  return result;
}

async function runHalves<Row>(
  db: Db,
  lines: Line<Row>[],
  importLines: ImportLines<Row>,
  isDryRun: boolean,
  error: unknown,
): Promise<ChunkResult> {
  const [only] = lines;
  if (only && lines.length === 1) {
    const problem = refuse(only.line, "", "", `the database refuses it: ${explainFailure(rootCause(error))}`);
    return { created: 0, updated: 0, unchanged: 0, problems: [problem] };
  }
  const middle = Math.ceil(lines.length / 2);
  const first = await runChunk(db, lines.slice(0, middle), importLines, { isDryRun });
  return addResults(first, await runChunk(db, lines.slice(middle), importLines, { isDryRun }));
}

function addResults(one: ChunkResult, other: ChunkResult): ChunkResult {
  const notes = { ...one.notes };
  for (const [note, count] of Object.entries(other.notes ?? {})) {
    notes[note] = (notes[note] ?? 0) + count;
  }
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    problems: [...one.problems, ...other.problems],
    notes,
  };
}

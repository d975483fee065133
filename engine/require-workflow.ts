import type { Db, Tx } from "#db/client";
import { findWorkflowForUpdate, type StoredWorkflow } from "#db/queries/workflows";
import { AppError } from "#lib/errors";
import { groupBy } from "#lib/group-by";
import type { Definition, Problem, StoredDefinition } from "./definition.ts";
import { findProblems } from "./references.ts";

/** The workflow, locked, so that two people who change it at once do so one after the other. */
export async function requireWorkflow(tx: Tx, id: number): Promise<StoredWorkflow> {
  const workflow = await findWorkflowForUpdate(tx, id);
  if (!workflow) {
    throw new AppError("not_found", `There is no workflow ${id}, or not any more.`);
  }
  return workflow;
}

/** @throws AppError with all problems at once, by field. */
export async function requireDefinition(db: Db, workflow: StoredDefinition & { name: string }): Promise<Definition> {
  const { definition, problems } = await findProblems(db, workflow);
  if (!definition) {
    throw new AppError("invalid", `"${workflow.name}" needs attention before it can run.`, fieldsOf(problems));
  }
  return definition;
}

/** What is wrong, by field. A field with two problems tells both. */
export function fieldsOf(problems: Problem[]): Record<string, string> {
  const byPath = groupBy(problems, ({ path }) => path);
  return Object.fromEntries(
    Array.from(byPath, ([path, group]) => [path, group.map(({ message }) => message).join("; ")]),
  );
}

import type { Db, Tx } from "#db/client";
import { findWorkflowForUpdate, type StoredWorkflow } from "#db/queries/workflows";
import { AppError } from "#lib/errors";
import { type Definition, type Problem, parseDefinition, type StoredDefinition } from "./definition.ts";
import { findReferenceProblems } from "./references.ts";

/** The workflow, locked, so that two people who change it at once do so one after the other. */
export async function requireWorkflow(tx: Tx, id: number): Promise<StoredWorkflow> {
  const workflow = await findWorkflowForUpdate(tx, id);
  if (!workflow) {
    throw new AppError("not_found", "This workflow does not exist any more.");
  }
  return workflow;
}

/** @throws AppError with all problems at once, by field. */
export async function requireDefinition(db: Db, workflow: StoredDefinition & { name: string }): Promise<Definition> {
  const { definition, problems } = parseDefinition(workflow);
  const all = definition ? await findReferenceProblems(db, definition) : problems;
  if (!definition || all.length > 0) {
    throw new AppError("invalid", `"${workflow.name}" needs attention before it can run.`, fieldsOf(all));
  }
  return definition;
}

export const fieldsOf = (problems: Problem[]) =>
  Object.fromEntries(problems.map(({ path, message }) => [path, message]));

import type { Db } from "#db/client";
import { type FoundDraft, findDraft, isNameTaken } from "#db/queries/drafts";
import { AppError } from "#lib/errors";
import { locate, type Problem, type StoredDefinition } from "../definition.ts";
import { checkFields } from "../describe-problem.ts";
import { header } from "../header.ts";
import { fieldOf } from "../raw-steps.ts";
import { inspectJson } from "../readable.ts";
import { findProblems } from "../references.ts";

/** A workflow's content while it is edited: finished or not, sound or not. The parts are in their stored shapes. */
export type Draft = StoredDefinition & {
  name: string;
  description: string;
  /** Null while the field is empty. */
  cooldownPeriodDays: number | null;
};

/** Fifty steps with long texts have a fifth of it. */
const mostBytes = 500_000;

/** @throws AppError for what cannot be stored, or would be too much. Whatever else is wrong may stand in a draft. */
export function requireStorable(draft: Draft): void {
  const { problems } = inspectJson({ ...draft });
  if (problems.length > 0) {
    const fields = Object.fromEntries(problems.map(({ path, message }) => [path, message]));
    throw new AppError("invalid", "The draft was not saved. Correct what is marked.", fields);
  }
  const bytes = Buffer.byteLength(JSON.stringify(draft));
  if (bytes > mostBytes) {
    throw new AppError(
      "too_large",
      `The draft was not saved: ${Math.ceil(bytes / 1000)} kB is more than a workflow has.`,
    );
  }
}

/** All that publishing would refuse, at once. */
export async function findDraftProblems(db: Db, id: number, draft: Draft): Promise<Problem[]> {
  const { data: head, faults } = checkFields(header, draft);
  const isTaken = head !== null && (await isNameTaken(db, head.name, id));
  const { problems } = await findProblems(db, draft);
  return [
    ...faults.map((fault) => locate(fault, draft)),
    ...(isTaken ? [{ path: "name", message: `Name: there is a workflow called "${head.name}" already` }] : []),
    ...problems,
  ];
}

/** @throws AppError `not_found` */
export async function requireDraft(db: Db, id: number): Promise<FoundDraft> {
  const found = await findDraft(db, id);
  if (!found) {
    throw new AppError("not_found", `There is no workflow ${id}.`);
  }
  return found;
}

export const isPublished = ({ version }: FoundDraft) => version !== null;

/** What is live; null if it was never published. */
export const liveOf = (found: FoundDraft): Draft | null => (isPublished(found) ? pickContent(found) : null);

/** What is edited: the draft, else what is live. */
export const editedOf = (found: FoundDraft): Draft =>
  found.draft === null ? pickContent(found) : readDraft(found.draft);

/** A part that was stored past us and is too large for any reader is left out; its problem tells. */
const pickContent = ({ name, description, cooldownPeriodDays, ...parts }: Draft): Draft => ({
  name,
  description,
  cooldownPeriodDays,
  trigger: readable(parts.trigger),
  steps: readable(parts.steps) ?? [],
  context: readable(parts.context) ?? {},
  exitWhen: readable(parts.exitWhen) ?? [],
});

const readable = (part: unknown) => (inspectJson({ part }).isReadable ? part : null);

/** A stored draft, which only we write; whatever else it might be still opens. */
export function readDraft(stored: unknown): Draft {
  const text = (name: string) => {
    const value = fieldOf(stored, name);
    return typeof value === "string" ? value : "";
  };
  const cooldown = fieldOf(stored, "cooldownPeriodDays");
  return {
    name: text("name"),
    description: text("description"),
    cooldownPeriodDays: typeof cooldown === "number" ? cooldown : null,
    trigger: fieldOf(stored, "trigger"),
    steps: fieldOf(stored, "steps") ?? [],
    context: fieldOf(stored, "context") ?? {},
    exitWhen: fieldOf(stored, "exitWhen") ?? [],
  };
}

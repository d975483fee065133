import { type ActionContext, failed, type Outcome, type StepText, type Target } from "../define.ts";

type Filled = {
  ready: (Target & { text: string })[];
  /** The outcomes of those whose text cannot be filled in. */
  failures: Outcome[];
};

const mark = /\{[{%]/;

/** A step's text for each target of its batch. One without placeholders is everybody's as it stands. */
export async function fillTexts(
  batch: Target[],
  { source, reader }: Pick<StepText, "source" | "reader">,
  { tx, stepId, fillText }: ActionContext,
): Promise<Filled> {
  if (!mark.test(source)) {
    return { ready: batch.map((target) => ({ ...target, text: source.trim() })), failures: [] };
  }
  if (!fillText) {
    throw new Error("Nothing here fills in placeholders");
  }
  const runIds = batch.map(({ runId }) => runId);
  const texts = await fillText(tx, { source, runIds, stepId, reader });
  const filled: Filled = { ready: [], failures: [] };
  for (const target of batch) {
    const given = texts.get(target.runId) ?? { error: "The text could not be filled in" };
    if ("text" in given) {
      filled.ready.push({ ...target, text: given.text });
    } else {
      filled.failures.push(failed(target, given.error));
    }
  }
  return filled;
}

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "esbuild";
import { way } from "./gym.ts";

type Failpoint = {
  name: string;
  file: string;
  /** The instruction before which the point lies; it stands in its file once. */
  before: string;
  /** Extends the name, so that the point is there for each step, or each channel. */
  each?: { by: string; among: (string | number)[] };
  /** Passing by does not count unless this holds there. */
  when?: string;
};

const preparing = "messaging/prepare-outgoing.ts";
const outgoing = (
  name: string,
  before: string,
  when?: string,
  file: Failpoint["file"] = "messaging/deliver-outgoing.ts",
): Failpoint => ({
  name: `delivery: ${name}`,
  file,
  before,
  each: { by: "provider.channel", among: ["email", "sms"] },
  when,
});

const steps = way.filter(({ side }) => side !== "else").map(({ id }) => id);
// What follows a wait or a branch is executed and committed with it.
const claimed = steps.filter((id) => ![4, 5].includes(id));
const execution = (name: string, before: string): Failpoint => ({
  name: `step: ${name}`,
  file: "engine/execute.ts",
  before,
  each: { by: "place.step.id", among: steps },
});
const notification = (name: string, before: string): Failpoint => ({
  name: `notifications: ${name}`,
  file: "messaging/deliver-notifications.ts",
  before,
  when: "messages.length > 0",
});
const events = (name: string, before: string): Failpoint => ({
  name: `events: ${name}`,
  file: "engine/handle-events.ts",
  before,
  when: "rows.length > 0",
});

/**
 * Where a worker can be made to end itself. The points are written into the test's bundle of the worker and nowhere
 * else: the product's own code knows nothing of them.
 */
const failpoints: Failpoint[] = [
  {
    name: "request: taken",
    file: "engine/handle-requests.ts",
    before: "const { answer, error } = await answerRequest(",
  },
  {
    name: "sweep: before its runs are written",
    file: "engine/sweep.ts",
    before: "begun += await ",
  },
  { name: "sweep: runs written, not committed", file: "engine/start-runs.ts", before: "return one(rows).started;" },
  { name: "request: answered, not committed", file: "engine/handle-requests.ts", before: "return true;" },
  {
    name: "request: committed, nobody rung for",
    file: "engine/handle-requests.ts",
    before: "return handled;",
    when: "handled > 0",
  },
  {
    name: "reconcile: due work found",
    file: "worker/start.ts",
    before: "for (const bell of due) {",
    when: "due.length > 0",
  },
  { name: "reconcile: rung for", file: "worker/start.ts", before: "overdue = new Set(due);", when: "due.length > 0" },
  {
    name: "step: claimed",
    file: "engine/run-due-steps.ts",
    before: "const inHand = [claim];",
    // Claimed is only what a run begins with, and what comes after a wait: the rest stays in hand.
    each: { by: "claim.stepId", among: [1, 3] },
  },
  execution("before its effect", "const { outcomes, groups } = await executeStep("),
  execution("effect there, cursor not moved", "return advance(lead, groups"),
  {
    name: "step: cursor moved, not logged",
    file: "engine/execute.ts",
    before: "await insertStepLogs(",
    each: { by: "claim.stepId", among: claimed },
  },
  {
    name: "step: committed, nobody rung for",
    file: "engine/run-due-steps.ts",
    before: "options.afterBatch?.();",
    each: { by: "next.stepId", among: claimed },
  },
  notification("claimed", 'const verdicts = await judgeMessages(tx, "in_app"'),
  notification("before they are filled in", "const filled = await fillMessages("),
  notification("there, not settled", "const settlements = ["),
  notification("settled, not committed", "return settlements;"),
  outgoing("claimed", "const verdicts = await judgeMessages(", "messages.length > 0", preparing),
  outgoing("before rendering", "const filled = await fillMessages(", "claimed.length > 0", preparing),
  outgoing("frozen, not committed", "await settleMessages(tx, token, [", "calls.length > 0", preparing),
  outgoing("before the hand-over", "return sendWithin(provider, {"),
  outgoing("handed over, not settled", "const { channel } = provider;"),
  outgoing("settled and committed", "return [...settled, ...answers];", "answers.length > 0"),
  {
    name: "settling: messages written, logs not",
    file: "messaging/settle-messages.ts",
    before: "if (status in stepOutcomes &&",
  },
  events("read", "const runs = await lockOpenRunsOfMembers("),
  events("runs ended", "const started = await startOnEvents("),
  events("handled, not committed", "return { handled: events.length, started, mayBeMore"),
  {
    name: "events: committed",
    file: "engine/handle-events.ts",
    before: "mayBeMore = done.mayBeMore;",
    when: "done.handled > 0",
  },
];

/** Every point by its full name. */
export const failpointNames = failpoints.flatMap(({ name, each }) =>
  each ? each.among.map((value) => `${name} @ ${value}`) : [name],
);

/** Writes the points into the sources on their way into a bundle. A point whose place is gone fails the build. */
export const failpointPlugin: Plugin = {
  name: "failpoints",
  setup(build) {
    for (const file of new Set(failpoints.map(({ file }) => file))) {
      const absolute = path.resolve(file);
      build.onLoad({ filter: new RegExp(`^${literal(absolute)}$`) }, () => {
        let contents = readFileSync(absolute, "utf8");
        for (const point of failpoints.filter((one) => one.file === file)) {
          contents = insert(contents, point);
        }
        return { contents, loader: "ts" };
      });
    }
  },
};

function insert(source: string, { name, file, before, each, when = "true" }: Failpoint): string {
  const parts = source.split(before);
  const [head, tail] = parts;
  if (parts.length !== 2 || head === undefined || tail === undefined) {
    throw new Error(`The failpoint "${name}" wants one place in ${file}, and there are ${parts.length - 1}: ${before}`);
  }
  const fullName = each ? `\`${name} @ \${${each.by}}\`` : JSON.stringify(name);
  return `${head}globalThis.failpoint?.(${fullName}, ${when}); ${before}${tail}`;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

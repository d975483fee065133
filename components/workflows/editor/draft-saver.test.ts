import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Draft } from "./draft.ts";
import { createDraftSaver } from "./draft-saver.ts";
import type { Kept } from "./kept-draft.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const draftOf = (name: string): Draft => ({
  name,
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "birthday", params: {} },
  steps: [],
  context: {},
  exitWhen: [],
});

/** A server as the editor sees it: it takes what comes upon its newest revision, and answers when it is told to. */
function begin() {
  const first = draftOf("first");
  const server = { revision: 1, draft: first, isAway: false, refusal: "", losesAnswers: false, isSlow: false };
  const calls: string[] = [];
  let release = () => {};
  const kept: Kept[] = [];
  const saver = createDraftSaver(
    { draft: first, revision: 1, problems: [], isDraft: false },
    {
      keep: (copy) => kept.push(copy),
      async save({ revision, draft }) {
        calls.push(draft.name);
        if (server.isSlow) {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        if (server.isAway) {
          throw new TypeError("Failed to fetch");
        }
        if (server.refusal) {
          return { ok: false, message: server.refusal, fields: { name: "Name: too long" } };
        }
        if (revision !== server.revision) {
          const { revision: newest, draft: theirs } = server;
          const conflict = { message: "Rico changed it.", editor: "Rico", editedAt: "", isDraft: true };
          return { ok: true, data: { status: "conflict", conflict: { ...conflict, revision: newest, theirs } } };
        }
        server.revision++;
        server.draft = JSON.parse(JSON.stringify(draft));
        if (server.losesAnswers) {
          throw new TypeError("Failed to fetch");
        }
        return { ok: true, data: { status: "saved", revision: server.revision, problems: [] } };
      },
    },
  );
  const close = saver.open();
  const is = () => saver.getState().save.is;
  return { first, server, calls, saver, kept, close, is, release: () => release() };
}

test("what is typed is saved once, when the typing rests", async () => {
  const { saver, calls, kept, is, server } = begin();
  for (const name of ["a", "ab", "abc"]) {
    saver.edit(draftOf(name));
    await vi.advanceTimersByTimeAsync(500);
  }
  expect([is(), calls, kept.at(-1)?.draft.name, kept.at(-1)?.isSaved]).toEqual(["waiting", [], "abc", false]);
  await vi.advanceTimersByTimeAsync(100);
  expect([is(), calls, server.draft.name]).toEqual(["saved", ["abc"], "abc"]);
  expect(kept.at(-1)).toMatchObject({ isSaved: true, revision: 2, isDraft: true });
});

test("one save at a time: what comes meanwhile is saved after it", async () => {
  const { saver, calls, is, server, release } = begin();
  server.isSlow = true;
  saver.edit(draftOf("a"));
  await vi.advanceTimersByTimeAsync(600);
  saver.edit(draftOf("b"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([is(), calls]).toEqual(["saving", ["a"]]);
  server.isSlow = false;
  release();
  await vi.advanceTimersByTimeAsync(0);
  expect(is()).toBe("waiting");
  await vi.advanceTimersByTimeAsync(600);
  expect([is(), calls, server.revision]).toEqual(["saved", ["a", "b"], 3]);
});

test("what was taken back before it was saved needs no saving", async () => {
  const { saver, calls, is, first } = begin();
  saver.edit(draftOf("a"));
  saver.edit(first);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([is(), calls]).toEqual(["saved", []]);
});

test("a server that is away is asked again; one that refuses is not, until something changes", async () => {
  const { saver, calls, is, server } = begin();
  server.isAway = true;
  saver.edit(draftOf("a"));
  await vi.advanceTimersByTimeAsync(600);
  expect(saver.getState().save).toMatchObject({ is: "failed", mayHelp: true });
  server.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([is(), calls]).toEqual(["saved", ["a", "a"]]);

  server.refusal = "Too large.";
  saver.edit(draftOf("b"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saver.getState().save).toEqual({
    is: "failed",
    message: "Too large.",
    mayHelp: false,
    problems: [{ path: "name", message: "Name: too long" }],
  });
  expect(calls).toHaveLength(3);
  server.refusal = "";
  saver.edit(draftOf("c"));
  await vi.advanceTimersByTimeAsync(600);
  expect([is(), server.draft.name]).toEqual(["saved", "c"]);
});

test("a save whose answer was lost is no conflict with oneself", async () => {
  const { saver, is, server } = begin();
  server.losesAnswers = true;
  saver.edit(draftOf("a"));
  await vi.advanceTimersByTimeAsync(600);
  expect([is(), server.draft.name]).toEqual(["failed", "a"]);
  server.losesAnswers = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([is(), saver.getState().stored.revision]).toEqual(["saved", server.revision]);
});

test("somebody else's save stops it until a person decides; until then nothing is written over", async () => {
  const { saver, calls, is, server, kept } = begin();
  Object.assign(server, { revision: 2, draft: draftOf("theirs") });
  saver.edit(draftOf("mine"));
  await vi.advanceTimersByTimeAsync(600);
  expect(is()).toBe("conflict");
  saver.edit(draftOf("mine, longer"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([is(), calls, server.draft.name]).toEqual(["conflict", ["mine"], "theirs"]);
  expect(kept.at(-1)).toMatchObject({ revision: 1, isSaved: false, draft: { name: "mine, longer" } });
  saver.goOver(2);
  await vi.advanceTimersByTimeAsync(600);
  expect([is(), server.draft.name]).toEqual(["saved", "mine, longer"]);
});

test("closed, it sends off what is not saved and asks nobody again", async () => {
  const { saver, calls, close, server, kept } = begin();
  saver.edit(draftOf("a"));
  close();
  await vi.advanceTimersByTimeAsync(0);
  expect([calls, server.draft.name, kept.at(-1)?.isSaved]).toEqual([["a"], "a", true]);
  server.isAway = true;
  saver.edit(draftOf("b"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual(["a"]);
});

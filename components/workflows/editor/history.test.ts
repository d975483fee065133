import { expect, test } from "vitest";
import { beginHistory, change, redo, undo } from "./history.ts";

test("each change can be undone and done again", () => {
  const changed = change(change(beginHistory("a"), "b"), "c");
  expect(undo(changed).present).toBe("b");
  expect(undo(undo(undo(changed))).present).toBe("a");
  expect(redo(undo(changed)).present).toBe("c");
  expect(redo(changed).present).toBe("c");
});

test("letters typed into one field are one change, and another field begins the next", () => {
  const typed = change(change(change(beginHistory(""), "a", "name"), "ab", "name"), "abc", "text");
  expect(undo(typed).present).toBe("ab");
  expect(undo(undo(typed)).present).toBe("");
});

test("what is typed after an undo is a change of its own", () => {
  const again = change(undo(change(beginHistory(""), "a", "name")), "b", "name");
  expect(undo(again).present).toBe("");
});

test("a change after an undo lets go of what was undone", () => {
  expect(redo(change(undo(change(beginHistory("a"), "b")), "c")).present).toBe("c");
});

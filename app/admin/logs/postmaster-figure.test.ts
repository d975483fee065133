import { expect, test } from "vitest";
import { postmasterFigure, requireRecent } from "./postmaster-figure.ts";

const problemsOf = (input: unknown) =>
  postmasterFigure.safeParse(input).error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];

test.for([
  ["0", 0],
  ["0.05", 0.05],
  ["0,3 %", 0.3],
  [" 0.299", 0.299],
  ["100%", 100],
] as const)("%j is %d percent", ([text, percent]) => {
  expect(postmasterFigure.parse({ percent: text, readOn: "2026-11-22" })).toEqual({ percent, readOn: "2026-11-22" });
});

test.for(["", "-0.1", "100.001", "0.2995", "1e-3", "NaN", "a lot", "٠", null, 0.3])(
  "S38: %j is no share, and the field says what is",
  (percent) => {
    expect(problemsOf({ percent, readOn: "2026-11-22" })).toEqual([
      ["percent", "Give a share in percent from 0 to 100, with at most three decimals, such as 0.05."],
    ]);
  },
);

test.for(["", "22.11.2026", "2026-02-30", "infinity", null])("S38: %j is no day", (readOn) => {
  expect(problemsOf({ percent: "0.1", readOn })).toEqual([["readOn", expect.stringContaining("the day")]]);
});

test("S38: a figure of a day to come, or of one that no longer counts, is refused", () => {
  expect(() => requireRecent("2026-11-23", "2026-11-22")).toThrow("This day is still to come.");
  expect(() => requireRecent("2026-11-15", "2026-11-22")).toThrow("too old");
  for (const day of ["2026-11-16", "2026-11-22"]) {
    expect(() => requireRecent(day, "2026-11-22")).not.toThrow();
  }
});

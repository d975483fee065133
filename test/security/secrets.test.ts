import { expect, test } from "vitest";
import { listSources, readSource } from "../support/sources.ts";

const sources = listSources().filter((file) => !/\.(test|spec)\.tsx?$/.test(file));

test.each(sources.filter((file) => file.startsWith("components/")))("%s reads nothing of the environment", (file) => {
  expect(readSource(file)).not.toMatch(/process\.env|#env|NEXT_PUBLIC_/);
});

test("nothing of the environment is made public by its name", () => {
  const strays = sources.filter((file) => !file.startsWith("test/") && readSource(file).includes("NEXT_PUBLIC_"));
  expect(strays).toEqual([]);
});

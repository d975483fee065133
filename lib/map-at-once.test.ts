import { expect, test } from "vitest";
import { mapAtOnce } from "./map-at-once.ts";

/** Work that ends when it is told to, and says what is going on. */
function createWork() {
  const going: { item: number; end: (error?: Error) => void }[] = [];
  const work = (item: number) =>
    new Promise<string>((resolve, reject) => {
      going.push({ item, end: (error) => (error ? reject(error) : resolve(`done ${item}`)) });
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { going, work, settle };
}

test("so many are begun at once, and answered in their order", async () => {
  const { going, work, settle } = createWork();
  const all = mapAtOnce([1, 2, 3], 2, work);
  expect(going.map(({ item }) => item)).toEqual([1, 2]);
  going[1]?.end();
  await settle();
  expect(going.map(({ item }) => item)).toEqual([1, 2, 3]);
  going[2]?.end();
  going[0]?.end();
  expect(await all).toEqual(["done 1", "done 2", "done 3"]);
});

test("after a failure nothing is begun, and what was begun is waited for", async () => {
  const { going, work, settle } = createWork();
  const all = mapAtOnce([1, 2, 3], 2, work);
  let isOver = false;
  const refused = expect(all.finally(() => (isOver = true))).rejects.toThrow("no");
  going[0]?.end(new Error("no"));
  await settle();
  expect(isOver).toBe(false);
  going[1]?.end();
  await refused;
  expect(going).toHaveLength(2);
});

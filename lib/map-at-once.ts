/**
 * What `work` makes of each item, in the items' order, at most so many at once. The first failure ends it: no further item is begun,
 * and it is thrown once those that were begun are done.
 */
export async function mapAtOnce<Item, Result>(
  items: Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  let failure: { error: unknown } | undefined;
  const take = async () => {
    for (const [index, item] of left) {
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
      if (failure) {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  if (failure) {
    throw failure.error;
  }
  return results;
}

/** Doing the same for each of many, some at a time. */

/**
 * Runs an action for each, and no more at a time than is said.
 * @returns what they give, in the order of the items
 * @throws what the first one throws that fails, once none runs any longer; those behind it are not begun
 */
export async function sideBySide<T, R>(
  atATime: number,
  items: readonly T[],
  action: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await action(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}

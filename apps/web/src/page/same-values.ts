/** Plain values that came again: those that say the same stay the same objects, so that nothing draws them again. */

/** `next`, with the object of `before` where it says the same. */
export function keepSame<T>(before: T | undefined, next: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(next) ? before : next;
}

/** The same for each of a list, which are known by a name. */
export function keepSameItems<T>(before: readonly T[], next: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const known = new Map(before.map((item) => [nameOf(item), item]));
  const items = next.map((item) => keepSame(known.get(nameOf(item)), item));
  return items.length === before.length && items.every((item, index) => item === before[index]) ? before : items;
}

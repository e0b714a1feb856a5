/** What is used where it can be read, and done without where it cannot: the key of a visa, its terminal. */

/** What a reader gives, or undefined where it throws: something of no plugin here is as good as nothing. */
export function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Work that is put off to its first use. */

/** A function that computes its value when it is first called, and keeps it. An error is not kept. */
export function once<T extends object>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

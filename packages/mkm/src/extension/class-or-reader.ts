/** How a definition makes its values of what the core read: with a class, or with a function. */

/** Either a class, whose constructor takes the input, or a function `read` that does. */
export type ClassOrReader<I extends readonly unknown[], T> =
  | { readonly class: new (...input: I) => T; readonly read?: never }
  | { read(...input: I): T; readonly class?: never };

/** The one or the other as a function. */
export function toReader<I extends readonly unknown[], T>(source: ClassOrReader<I, T>): (...input: I) => T {
  if (source.class === undefined) return (...input) => source.read(...input);
  const { class: Class } = source;
  return (...input) => new Class(...input);
}

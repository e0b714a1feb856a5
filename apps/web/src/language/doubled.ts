/** Texts are written down in parts, for those who build the views; each name is in one of them alone. */

type NamesOf<P> = P extends unknown ? keyof P : never;

/** The names that are in two parts. */
export type Doubled<Parts extends readonly object[]> = Parts extends readonly [
  infer First extends object,
  ...infer Rest extends readonly object[],
]
  ? (keyof First & NamesOf<Rest[number]>) | Doubled<Rest>
  : never;

/** Of parts without any, `true`: the last part would silently take the place of the others. */
export type IsApart<Parts extends readonly object[]> = [Doubled<Parts>] extends [never] ? true : Doubled<Parts>;

/** Prototypes that all objects share must stay as they are. */

const SHARED = [Object, Array, Function, String, Number, Map, Set, Promise, Uint8Array, Error].map(
  ({ name, prototype }) => ({ name, prototype: prototype as object, keys: new Set(Reflect.ownKeys(prototype)) }),
);

/** What was added to shared prototypes, or taken from them. What was added is removed again: it counts once. */
export function sharedPollution(): readonly string[] {
  return SHARED.flatMap(({ name, prototype, keys }) => {
    const present = Reflect.ownKeys(prototype);
    const added = present.filter((key) => !keys.has(key));
    for (const key of added) Reflect.deleteProperty(prototype, key);
    return [
      ...added.map((key) => `${name}.prototype.${String(key)} was added`),
      ...(present.length - added.length < keys.size ? [`something of ${name}.prototype was taken away`] : []),
    ];
  });
}

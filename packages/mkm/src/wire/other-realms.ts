/**
 * Values of another realm: an iframe, a window of a test, a `vm` context. `instanceof` takes them for something else; their
 * tag does not. Only for what calling code gave: anybody may give an object such a tag.
 */

/** Whether a value is a `Map` of any realm. */
export function isMap(value: object): value is ReadonlyMap<unknown, unknown> {
  return tagOf(value) === '[object Map]';
}

/** Whether a value is a `Date` of any realm. */
export function isDate(value: unknown): boolean {
  return tagOf(value) === '[object Date]';
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** Whether what a caller does with a result, or with the input, changes the object that the library holds. */
import type { WireObject } from 'dimp/extend';

/**
 * Changes everything that can be reached of an object from outside.
 * @returns whether the object is another one now
 */
export function spoilingChanges(value: WireObject, input?: unknown): boolean {
  const before = value.serialize();
  for (const given of [value.toMap(), value.toJSON(), value.fields, input]) spoil(given, 0);
  return value.serialize() !== before;
}

/** Overwrites what can be overwritten. Only data properties: the code of hostile values is not called. */
function spoil(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 4) return;
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (!('value' in descriptor)) continue;
    spoil(descriptor.value, depth + 1);
    // False where the value is frozen.
    Reflect.set(value, name, 'spoiled');
  }
  Reflect.set(value, 'added', 'spoiled');
}

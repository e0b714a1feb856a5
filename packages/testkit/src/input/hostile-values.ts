/** What a peer may write in any place, and how an application reads it. */
import type { DimError, JsonMap, JsonValue } from 'mkm';
import { changeFields } from 'mkm/extend';
import { verdict, type Verdict } from '../report/verdict.ts';

/** Values that a peer may put into any field. */
export const HOSTILE_VALUES: readonly JsonValue[] = [null, true, -1, 1e300, '', 'x', '__proto__', [], [null], {}];

/** A map with one of its fields left out or replaced, in all ways. */
export function damagedMaps(
  map: JsonMap,
): readonly { readonly what: string; readonly field: string; readonly map: JsonMap }[] {
  return Object.keys(map).flatMap((field) => [
    { what: `without ${field}`, field, map: changeFields(map, { [field]: undefined }) },
    ...HOSTILE_VALUES.map((value) => ({
      what: `with ${field} = ${JSON.stringify(value)}`,
      field,
      map: changeFields(map, { [field]: value }),
    })),
  ]);
}

/** Reads every property of an object, as an application would. */
export function readEverything(object: object): void {
  for (
    let level: object | null = object;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(level)) void Reflect.get(object, name, object);
  }
}

/** Whether a refusal says where in the input the fault is. */
export function hasPath({ message, path }: DimError): Verdict {
  return verdict(path !== '', 'a DimError with the path of what is wrong', `DimError ${message}, without a path`);
}

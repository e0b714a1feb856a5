/** Lists in maps that others wrote: what is none of the kind is left out. */
import type { JsonMap, JsonValue } from 'dimp';
import { fieldOf, isJsonMap } from 'dimp/extend';

/** The items of a list; none, where there is no list. */
export function itemsOf(fields: JsonMap, name: string): readonly JsonValue[] {
  const list = fieldOf(fields, name);
  return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
}

/** Those of a list that are maps. */
export function mapsOf(fields: JsonMap, name: string): readonly JsonMap[] {
  return itemsOf(fields, name).filter((item): item is JsonMap => isJsonMap(item));
}

/** Those of a list that are texts. */
export function textsOf(fields: JsonMap, name: string): readonly string[] {
  return itemsOf(fields, name).filter((item): item is string => typeof item === 'string');
}

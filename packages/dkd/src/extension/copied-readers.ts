/** Readers of what stands in a content: it was copied with the content, and is not copied again at each level. */
import type { JsonMap, JsonValue } from 'mkm';
import { copyJsonMap, isJsonMap } from 'mkm/extend';
import type { ContentReaders } from './content-definition.ts';

/** The readers of what may hold contents in turn: there each copy would be one for each level. */
export type CopiedReaders = Pick<ContentReaders, 'readContent' | 'readInstantMessage' | 'readReliableMessage'>;

/** By the readers that take anything: those are what a plugin gets. */
const copiedReaders = new WeakMap<ContentReaders, CopiedReaders>();

/** Readers with others beside them, for what was copied already. */
export function withCopiedReaders(readers: ContentReaders, copied: CopiedReaders): ContentReaders {
  copiedReaders.set(readers, copied);
  return readers;
}

/**
 * Readers for values of the `fields` that a context gave to a definition together with these readers, and for nothing
 * else. Readers of anybody else are what they are.
 */
export function readersOfFields(readers: ContentReaders): CopiedReaders {
  return copiedReaders.get(readers) ?? readers;
}

/** A value of such fields, which must be a map. @throws DimError `INPUT_TYPE` */
export function copiedMap(value: unknown): JsonMap {
  // Of what is no map the copy says what it is.
  return isJsonMap(value as JsonValue) ? (value as JsonMap) : copyJsonMap(value);
}

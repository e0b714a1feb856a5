/** What a store gave back and nobody can read: the fault of the store, whoever wrote the message that asked for it. */
import { DimError, isDimError, type ID } from 'dkd';
import type { Memory } from './memory.ts';

/** An answer of a store that is not what it was told to keep. The cause has the rest, and the text nothing of a key. */
export function wrongStore(method: keyof Memory, id: ID, what: string, cause?: unknown): DimError {
  const path = isDimError(cause) ? cause.within(`store.${method}`).path : `store.${method}`;
  return new DimError('INTERNAL_STORE', `the store gave ${what} for ${id.toString()}`, { path, cause });
}

/** What reading an answer of a store ended with: a platform or a plugin that failed is no fault of the store. */
export function asStoreFault(method: keyof Memory, id: ID, error: unknown): DimError {
  if (isDimError(error) && error.code.startsWith('INTERNAL_')) return error;
  return wrongStore(method, id, 'what cannot be read', error);
}

/** A list that a store gave, and each of it what it should be; an empty one where it gave nothing. */
export function listOf<T>(
  method: keyof Memory,
  id: ID,
  list: readonly T[] | undefined | null,
  isItem: (item: unknown) => boolean,
): readonly T[] {
  if (list === undefined || list === null) return NONE;
  if (!Array.isArray(list)) throw wrongStore(method, id, 'no list');
  if (!list.every(isItem)) throw wrongStore(method, id, 'a list of something else');
  return list as readonly T[];
}

const NONE: readonly never[] = [];

/** Whether something has fields. */
export function isObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null;
}

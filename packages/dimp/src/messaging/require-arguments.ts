/** What calling code hands over, where a mistake would otherwise show much later, as something else. */
import { describe, DimError, type Content, type ID } from 'dkd';
import type { Store } from '../trust/change.ts';

const STORE_METHODS = ['meta', 'documents', 'keys', 'members', 'messageKeys', 'readState', 'commit'] as const;

/** @throws DimError `USAGE_ARGUMENT` for what is no ID, such as the text of one */
export function requireId(id: ID, path: string): void {
  // By what it can do: it may be of another copy of this library.
  if (typeof (id as Partial<ID> | undefined | null)?.equals === 'function') return;
  const advice = typeof id === 'string' ? ': take ID.parse(text)' : '';
  throw new DimError('USAGE_ARGUMENT', `must be an ID, not ${describe(id)}${advice}`, { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no store */
export function requireStore(store: Store): void {
  const methods: Partial<Store> | undefined | null = store;
  const lacking = STORE_METHODS.find((name) => typeof methods?.[name] !== 'function');
  if (lacking === undefined) return;
  throw new DimError('USAGE_ARGUMENT', `must be a store, such as a MemoryStore: it has no method ${lacking}`, {
    path: 'store',
  });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no content, such as the text of one */
export function requireContent(content: Content): void {
  if (typeof (content as Partial<Content> | undefined | null)?.fields === 'object') return;
  const advice = typeof content === 'string' ? ': take TextContent.create(text)' : '';
  throw new DimError('USAGE_ARGUMENT', `must be a content, not ${describe(content)}${advice}`, { path: 'content' });
}

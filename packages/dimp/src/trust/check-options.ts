/** What callers give, where a cast lets anything in: what would switch off a limit without a word, and what is not read yet. */
import { DimError, ReliableMessage, type ID, type MessageContext } from 'dkd';
import { checkArguments, typeName, within } from 'dkd/extend';
import { checkId, hasBrand, notOfThisCopy } from 'dkd/internal';
import type { Store } from '../memory/change.ts';
import type { Memory } from '../memory/memory.ts';

/**
 * A limit in seconds; as good as none where it is not given. Comparing with NaN is never true: nothing would be past it.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function checkLimit(limit: number | undefined, path: string): void {
  if (limit === undefined || (typeof limit === 'number' && limit >= 0)) return;
  throw new DimError('USAGE_ARGUMENT', `must be seconds, not ${describeLimit(limit)}`, { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what is no number of things */
export function checkCount(count: number, path: string): number {
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new DimError('USAGE_ARGUMENT', 'must be a whole number, and not less than 1', { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what is neither true nor false */
export function checkFlag(flag: boolean | undefined, path: string): void {
  if (flag === undefined || typeof flag === 'boolean') return;
  throw new DimError('USAGE_ARGUMENT', `must be true or false, not ${typeName(flag)}`, { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what nobody can be who reads and writes */
export function checkLocalUser(self: ID, path = 'self'): void {
  checkId(self, path);
  if (!self.isUser || self.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'must be a user', { path });
}

/** @throws DimError `USAGE_ARGUMENT` for what has no elements to look at */
export function checkList(list: readonly unknown[], path: string): void {
  if (Array.isArray(list)) return;
  throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(list)}`, { path });
}

const RELIABLE_MESSAGE = 'dkd.SecureMessage.ReliableMessage';

/** Whether something is a message, of this copy of the packages or of another. */
export function isReliableMessage(value: unknown): value is ReliableMessage {
  return value instanceof ReliableMessage || hasBrand(value, RELIABLE_MESSAGE);
}

/** @throws DimError `USAGE_ARGUMENT` for a message in another form */
export function checkMessage(message: ReliableMessage, path = 'message'): void {
  if (message instanceof ReliableMessage) return;
  const otherwise = `must be a ReliableMessage, not ${typeName(message)}`;
  throw notOfThisCopy(message, RELIABLE_MESSAGE, { path, remedy: 'read', otherwise });
}

/**
 * A message as one of this copy of the packages; nothing in it is authenticated yet, so that one of another is read anew.
 * @throws DimError `USAGE_ARGUMENT` for a message in another form
 */
export function ownMessage(
  { ReliableMessage: codec }: Pick<MessageContext, 'ReliableMessage'>,
  message: ReliableMessage,
): ReliableMessage {
  if (message instanceof ReliableMessage) return message;
  if (!isReliableMessage(message)) checkMessage(message);
  return checkArguments(() => within('message', () => codec.parse(message)));
}

const MEMORY_METHODS = ['meta', 'documents', 'keys', 'members', 'messageKeys', 'readState'] as const;

/** @throws DimError `USAGE_ARGUMENT` for what answers no questions, or cannot be told what to keep */
export function checkStoreArgument(store: Store): void {
  const lacking = lackingOf(store, [...MEMORY_METHODS, 'commit']);
  if (lacking === undefined) return;
  throw new DimError('USAGE_ARGUMENT', `must be a store, such as a MemoryStore: it has no method ${lacking}`, {
    path: 'store',
  });
}

/** @throws DimError `USAGE_ARGUMENT` for what answers no questions */
export function checkMemoryArgument(memory: Memory): void {
  const lacking = lackingOf(memory, MEMORY_METHODS);
  if (lacking === undefined) return;
  throw new DimError('USAGE_ARGUMENT', `must be a memory, such as a store: it has no method ${lacking}`, {
    path: 'memory',
  });
}

function lackingOf(memory: Partial<Store> | undefined | null, names: readonly (keyof Store)[]): string | undefined {
  return names.find((name) => typeof memory?.[name] !== 'function');
}

function describeLimit(limit: unknown): string {
  return typeof limit === 'number' && limit < 0 ? 'a negative number' : typeName(limit);
}

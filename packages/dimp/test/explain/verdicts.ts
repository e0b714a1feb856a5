/** What a messenger says of a package, and what an explanation says that it would say. */
import { expect } from '@jest/globals';
import {
  explainMessage,
  isDimError,
  openMessage,
  type Change,
  type Dim,
  type ExplainOptions,
  type ID,
  type Memory,
  type MessageExplanation,
  type Store,
} from '../../src/index.ts';

/** With which options to read. */
export type ReadOptions = Omit<ExplainOptions, 'self' | 'memory' | 'showContent'>;

/** For whom to read, and with which memory. */
export interface Reader {
  readonly dim: Dim;
  readonly store: Store;
  readonly self: ID;
}

/** A memory that counts what it is asked, and fails whoever tells it to keep something. */
export function onlyRead(memory: Memory): Store & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  function ask<T>(method: string, answer: T): T {
    asked.push(method);
    return answer;
  }
  return {
    asked,
    meta: (id) => ask('meta', memory.meta(id)),
    documents: (id) => ask('documents', memory.documents(id)),
    keys: (id) => ask('keys', memory.keys(id)),
    members: (group) => ask('members', memory.members(group)),
    messageKeys: (direction, use) => ask('messageKeys', memory.messageKeys(direction, use)),
    readState: (mark) => ask('readState', memory.readState(mark)),
    commit(changes: readonly Change[]) {
      throw new Error(`told to keep ${changes.map((change) => change.do).join(', ')}`);
    },
  };
}

/** What opening a package ends with, in one line. */
export async function openedBy(
  { dim, store, self }: Reader,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<string> {
  try {
    const { value } = await openMessage(dim, store, dim.ReliableMessage.decode(bytes), { ...options, self });
    return `opened ${value.authenticated} ${String(value.wasEncrypted)} ${value.content.kind} ${String(value.content.sn)}`;
  } catch (error) {
    if (!isDimError(error)) throw error;
    return `${error.code} ${error.path} ${error.reason}`;
  }
}

/** The same as an explanation says it. */
export function openingOf({ opening, content }: MessageExplanation): string {
  if (opening.is === 'not-tried') return 'not tried';
  if (opening.is !== 'opened') return `${opening.fault.code} ${opening.fault.path} ${opening.fault.reason}`;
  const said = content.is === 'read' ? `${content.kind} ${content.sn}` : content.is;
  return `opened ${opening.authenticated} ${String(opening.wasEncrypted)} ${said}`;
}

/** What is said of a package, and what a messenger ends with. */
export interface Verdicts {
  readonly explanation: MessageExplanation;
  readonly explained: string;
  readonly opened: string;
}

/** Explains a package and opens it, with one memory that is only asked. */
export async function verdictsOf(reader: Reader, bytes: Uint8Array, options: ReadOptions = {}): Promise<Verdicts> {
  const { dim, self } = reader;
  const explanation = await explainMessage(dim, bytes, { ...options, self, memory: onlyRead(reader.store) });
  checkShape(explanation);
  return { explanation, explained: openingOf(explanation), opened: await openedBy(reader, bytes, options) };
}

/** What holds for every explanation. */
export function checkShape(explanation: MessageExplanation): void {
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  expect(isDeeplyFrozen(explanation)).toBe(true);
  const { opening, faults, steps, unknownFields } = explanation;
  // What ends the reading comes first.
  if ('fault' in opening) expect(faults.items[0]).toEqual(opening.fault);
  if (opening.is === 'opened') expect(explanation.signature.is).toBe('verified');
  for (const list of [faults, unknownFields]) expect(list.items.length).toBeLessThanOrEqual(16);
  for (const text of textsIn(explanation)) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  for (const { says } of steps) {
    expect(says.length).toBeLessThan(1500);
    expect(says).toMatch(/^[A-Z0-9].*[.!]$/);
  }
}

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every((item) => isDeeplyFrozen(item));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [name, ...textsIn(item)]);
}

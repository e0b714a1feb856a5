/** A {@link ClientStore} in memory: for tests, bots, and devices that are to forget. */
import {
  DimError,
  MemoryStore,
  type Change,
  type ID,
  type KeptMessageKey,
  type KeyDirection,
  type KeyRing,
  type MemoryStoreOptions,
  type MessageKeyUse,
  type PinnedMeta,
  type ReadMark,
  type ReadState,
  type VerifiedDocument,
} from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';
import { MemoryRows } from './memory-rows.ts';
import { checkName, checkRange, checkRowChanges, checkTable, MAX_PARTITIONS } from './row-checks.ts';
import { StoreUse } from './store-use.ts';
import { Turns } from './turns.ts';

/** What all handles of one memory share. */
interface SharedMemory {
  readonly memory: MemoryStore;
  readonly rows: MemoryRows;
  readonly turns: Turns;
}

/**
 * Remembers until the process ends.
 *
 * @example
 * ```ts
 * import { MemoryClientStore } from 'dimsdk';
 *
 * const store = new MemoryClientStore();
 * await store.commit([], [
 *   { do: 'put-row', row: { table: 'app-notes', key: '1', partition: '', order: 1, value: { text: 'Hello' } } },
 * ]);
 * console.log(store.row('app-notes', '1')?.value); // { text: 'Hello' }
 * ```
 */
export class MemoryClientStore implements ClientStore {
  #shared: SharedMemory;
  readonly #use = new StoreUse();

  constructor(options: MemoryStoreOptions = {}) {
    this.#shared = { memory: new MemoryStore(options), rows: new MemoryRows(), turns: new Turns() };
  }

  /** Another handle of the same memory: what the application would have after a restart, or in a second process. */
  openAgain(): MemoryClientStore {
    const other = new MemoryClientStore();
    other.#shared = this.#shared;
    return other;
  }

  meta(id: ID): PinnedMeta | undefined {
    return this.#open().memory.meta(id);
  }

  documents(id: ID): readonly VerifiedDocument[] {
    return this.#open().memory.documents(id);
  }

  keys(id: ID): KeyRing | undefined {
    return this.#open().memory.keys(id);
  }

  members(group: ID): readonly ID[] {
    return this.#open().memory.members(group);
  }

  messageKeys(direction: KeyDirection, use: MessageKeyUse): readonly KeptMessageKey[] {
    return this.#open().memory.messageKeys(direction, use);
  }

  readState(mark: ReadMark): ReadState {
    return this.#open().memory.readState(mark);
  }

  commit(changes: readonly Change[], rows: readonly RowChange[] = []): void {
    const { memory, rows: kept } = this.#open();
    const checked = checkRowChanges(rows);
    if (!kept.agreesWith(checked)) throw new DimError('STORE_CONFLICT', 'a row is not as the commit wants it');
    // It fails before it has changed anything; what comes after it cannot fail.
    memory.commit(changes);
    for (const change of checked) kept.apply(change);
  }

  row(table: string, key: string): Row | undefined {
    const { rows } = this.#open();
    checkTable(table);
    checkName(key, 'key');
    return rows.row(table, key);
  }

  rows(table: string, partition: string, range?: RowRange): readonly Row[] {
    const { rows } = this.#open();
    checkTable(table);
    checkName(partition, 'partition');
    return rows.rows(table, partition, checkRange(range));
  }

  count(table: string, partition: string): number {
    const { rows } = this.#open();
    checkTable(table);
    checkName(partition, 'partition');
    return rows.count(table, partition);
  }

  partitions(table: string, after?: string): readonly string[] {
    const { rows } = this.#open();
    checkTable(table);
    if (after !== undefined) checkName(after, 'after');
    const names = rows.partitions(table);
    return names.filter((name) => after === undefined || name > after).slice(0, MAX_PARTITIONS);
  }

  exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.#use.during(() => this.#shared.turns.take(action));
  }

  async close(): Promise<void> {
    await this.#use.close();
  }

  #open(): SharedMemory {
    this.#use.check();
    return this.#shared;
  }
}

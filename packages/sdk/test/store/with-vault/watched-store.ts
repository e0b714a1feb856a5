/** A store that tells what came to it, and fails when it is told to. */
import type { Change, Memory, MemoryStoreOptions } from 'dimp';
import { MemoryClientStore, type ClientStore, type Row, type RowChange, type RowRange } from '../../../src/index.ts';

export class WatchedStore implements ClientStore {
  readonly #store: MemoryClientStore;
  /** Is run before the next commit; what it throws, the commit ends with. */
  beforeCommit: (() => unknown) | undefined;
  /** Changes that came to this store itself. */
  readonly seen: Change[] = [];

  constructor(options?: MemoryStoreOptions) {
    this.#store = new MemoryClientStore(options);
  }

  async commit(changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> {
    const before = this.beforeCommit;
    this.beforeCommit = undefined;
    await before?.();
    this.#store.commit(changes, rows);
    this.seen.push(...changes);
  }

  /** All keys that somebody sees who has the disk. */
  dump(): string {
    const rows = ['keyring', 'keyring-turn'].flatMap((table) => this.rows(table, '', { limit: 1000 }));
    return rows.map((row) => JSON.stringify(row)).join('\n');
  }

  meta(...[id]: Parameters<Memory['meta']>): ReturnType<MemoryClientStore['meta']> {
    return this.#store.meta(id);
  }

  documents(...[id]: Parameters<Memory['documents']>): ReturnType<MemoryClientStore['documents']> {
    return this.#store.documents(id);
  }

  keys(...[id]: Parameters<Memory['keys']>): ReturnType<MemoryClientStore['keys']> {
    return this.#store.keys(id);
  }

  members(...[id]: Parameters<Memory['members']>): ReturnType<MemoryClientStore['members']> {
    return this.#store.members(id);
  }

  messageKeys(...which: Parameters<Memory['messageKeys']>): ReturnType<MemoryClientStore['messageKeys']> {
    return this.#store.messageKeys(...which);
  }

  readState(...[mark]: Parameters<Memory['readState']>): ReturnType<MemoryClientStore['readState']> {
    return this.#store.readState(mark);
  }

  row(table: string, key: string): Row | undefined {
    return this.#store.row(table, key);
  }

  rows(table: string, partition: string, range?: RowRange): readonly Row[] {
    return this.#store.rows(table, partition, range);
  }

  count(table: string, partition: string): number {
    return this.#store.count(table, partition);
  }

  partitions(table: string, after?: string): readonly string[] {
    return this.#store.partitions(table, after);
  }

  exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.#store.exclusive(action);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

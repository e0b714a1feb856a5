/** A client store of Maps, which gives back what JSON keeps of a row, and fails when it is told to. */
import { DimError, MemoryStore, type Change, type Memory, type MemoryStoreOptions } from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from '../../../src/index.ts';

export class RowsInMemory implements ClientStore {
  readonly #memory: MemoryStore;
  #rows = new Map<string, string>();
  /** Is run before a commit; what it throws, the commit ends with. */
  beforeCommit: (() => unknown) | undefined;
  /** Changes that came to this store itself. */
  readonly seen: Change[] = [];

  constructor(options?: MemoryStoreOptions) {
    this.#memory = new MemoryStore(options);
  }

  async commit(changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> {
    const before = this.beforeCommit;
    this.beforeCommit = undefined;
    await before?.();
    const next = new Map(this.#rows);
    for (const change of rows) {
      if (change.do === 'put-row') {
        const key = keyOf(change.row.table, change.row.key);
        if (change.where !== undefined && this.#rows.has(key) !== (change.where === 'present'))
          throw new DimError('STORE_CONFLICT', `is not ${change.where}`, { path: key });
        next.set(key, JSON.stringify(change.row));
      } else if (change.do === 'delete-row') next.delete(keyOf(change.table, change.key));
    }
    this.#memory.commit(changes);
    this.seen.push(...changes);
    this.#rows = next;
  }

  meta(...[id]: Parameters<Memory['meta']>): ReturnType<MemoryStore['meta']> {
    return this.#memory.meta(id);
  }

  documents(...[id]: Parameters<Memory['documents']>): ReturnType<MemoryStore['documents']> {
    return this.#memory.documents(id);
  }

  keys(...[id]: Parameters<Memory['keys']>): ReturnType<MemoryStore['keys']> {
    return this.#memory.keys(id);
  }

  members(...[id]: Parameters<Memory['members']>): ReturnType<MemoryStore['members']> {
    return this.#memory.members(id);
  }

  messageKeys(...which: Parameters<Memory['messageKeys']>): ReturnType<MemoryStore['messageKeys']> {
    return this.#memory.messageKeys(...which);
  }

  readState(...[mark]: Parameters<Memory['readState']>): ReturnType<MemoryStore['readState']> {
    return this.#memory.readState(mark);
  }

  /** All that somebody sees who has the disk. */
  dump(): string {
    return [...this.#rows.values()].join('\n');
  }

  row(table: string, key: string): Row | undefined {
    const text = this.#rows.get(keyOf(table, key));
    return text === undefined ? undefined : (JSON.parse(text) as Row);
  }

  rows(table: string, partition: string, range: RowRange = {}): readonly Row[] {
    const { after, limit = 100, reverse = false } = range;
    const all = [...this.#rows.values()].map((text) => JSON.parse(text) as Row);
    const inOrder = all
      .filter((row) => row.table === table && row.partition === partition)
      .sort((one, other) => one.order - other.order || (one.key < other.key ? -1 : 1));
    if (reverse) inOrder.reverse();
    const start = after === undefined ? 0 : inOrder.findIndex(({ key }) => key === after.key) + 1;
    return inOrder.slice(start, start + limit);
  }

  count(table: string, partition: string): number {
    return this.rows(table, partition, { limit: Infinity }).length;
  }

  partitions(): readonly string[] {
    return [];
  }

  async exclusive<T>(action: () => Promise<T>): Promise<T> {
    return action();
  }

  close(): void {
    this.#rows.clear();
  }
}

function keyOf(table: string, key: string): string {
  return `${table}/${key}`;
}

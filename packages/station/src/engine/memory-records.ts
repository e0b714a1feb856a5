/** Records in memory. */
import type { JsonMap } from 'dimp';
import type { KeptRecord } from '../ports/records.ts';
import { valueOf, type CheckedRecordChange } from './record-values.ts';

interface Kept {
  readonly text: string;
  readonly writtenAt: number;
}

/** See the top of the file. Its calls are those of `Records`, at once. */
export class MemoryRecords {
  readonly #tables = new Map<string, Map<string, Kept>>();

  read(table: string, key: string): JsonMap | undefined {
    const kept = this.#tables.get(table)?.get(key);
    return kept && valueOf(kept.text);
  }

  write(changes: readonly CheckedRecordChange[]): void {
    for (const { table, key, text, writtenAt } of changes) {
      const records = this.#tables.get(table) ?? new Map<string, Kept>();
      if (text === undefined) records.delete(key);
      else records.set(key, { text, writtenAt });
      if (records.size === 0) this.#tables.delete(table);
      else this.#tables.set(table, records);
    }
  }

  list(table: string, after: string, limit: number): readonly KeptRecord[] {
    return [...(this.#tables.get(table) ?? [])]
      .filter(([key]) => key > after)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .slice(0, limit)
      .map(([key, { text, writtenAt }]) => ({ key, value: valueOf(text), writtenAt }));
  }

  count(table: string): number {
    return this.#tables.get(table)?.size ?? 0;
  }

  oldest(table: string, before: number, limit: number): readonly string[] {
    return [...(this.#tables.get(table) ?? [])]
      .filter(([, { writtenAt }]) => writtenAt < before)
      .sort(([, one], [, other]) => one.writtenAt - other.writtenAt)
      .slice(0, limit)
      .map(([key]) => key);
  }

  prune(table: string, before: number, limit: number, keys?: readonly string[]): number {
    const meant = keys && new Set(keys);
    const old = this.oldest(table, before, Infinity).filter((key) => meant?.has(key) ?? true);
    const gone = old.slice(0, limit);
    this.write(gone.map((key) => ({ table, key, text: undefined, writtenAt: before })));
    return gone.length;
  }
}

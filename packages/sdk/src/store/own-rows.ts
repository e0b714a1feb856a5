/** Rows of one table, as values: what is written is what is read, and nobody else writes there. */
import { DimError, type JsonMap } from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';

/** How the values of a table are kept. */
export interface TableDefinition<T> {
  readonly table: string;
  toRow(value: T): Omit<Row, 'table'>;
  fromRow(row: Row): T;
}

/** Reads a table. */
export interface Table<T> {
  readonly name: string;
  put(value: T, where?: 'absent' | 'present'): RowChange;
  remove(key: string): RowChange;
  get(store: Pick<ClientStore, 'row'>, key: string): Promise<T | undefined>;
  list(store: Pick<ClientStore, 'rows'>, partition: string, range?: RowRange): Promise<readonly T[]>;
  /** All of a partition, page by page. */
  each(store: Pick<ClientStore, 'rows'>, partition: string): AsyncIterable<T>;
}

/** A table of a client. */
export function defineTable<T>(definition: TableDefinition<T>): Table<T> {
  const { table } = definition;
  const read = (row: Row): T => {
    try {
      return definition.fromRow(row);
    } catch (cause) {
      throw new DimError('INTERNAL_STORE', `the store gave what cannot be read of ${table}`, {
        path: 'store.row',
        cause,
      });
    }
  };
  return {
    name: table,
    put: (value, where) => ({ do: 'put-row', row: { table, ...definition.toRow(value) }, where }),
    remove: (key) => ({ do: 'delete-row', table, key }),
    get: async (store, key) => {
      const row = await store.row(table, key);
      return row ? read(row) : undefined;
    },
    list: async (store, partition, range) => (await store.rows(table, partition, range)).map(read),
    async *each(store, partition) {
      let page: readonly Row[];
      let after: Row | undefined;
      do {
        page = await store.rows(table, partition, { after, limit: PAGE });
        for (const row of page) yield read(row);
        after = page.at(-1);
      } while (page.length === PAGE);
    },
  };
}

const PAGE = 500;

/** A map without what is undefined: JSON has no such value. */
export function definedFields(fields: Readonly<Record<string, JsonMap[string] | undefined>>): JsonMap {
  const defined: Record<string, JsonMap[string]> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}

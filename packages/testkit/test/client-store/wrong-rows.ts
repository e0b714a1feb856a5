/** Stores that lose or mix up rows, their names, or what is in them. */
import { DimError, stringifyJson, type JsonMap, type JsonValue } from 'dimp';
import type { Row } from 'dimsdk';
import { changing, committing, putting, spoiled, type WrongClientStore } from './spoiled-client-stores.ts';

const asNumbers = (value: JsonValue): JsonValue =>
  JSON.parse(
    JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)),
  ) as JsonMap;

export const WRONG_ROWS: readonly WrongClientStore[] = [
  [
    'a partition that nobody put there',
    spoiled(() => ({ partitions: () => ['inbox'] })),
    'an empty store has no row, no rows, a count of 0 and no partitions',
  ],
  [
    'orders in whole numbers',
    putting((row) => (Number.isFinite(row.order) ? { ...row, order: Math.round(row.order) } : row)),
    'a row that was put comes back, by its key and in its partition',
  ],
  [
    'rows without their bytes',
    putting(({ table, key, partition, order, value }) => ({ table, key, partition, order, value })),
    'a row that was put comes back, by its key and in its partition',
  ],
  [
    'an update that leaves the bytes of before',
    putting((row, store) => {
      const bytes = row.bytes ?? store.row(row.table, row.key)?.bytes;
      return bytes === undefined ? row : { ...row, bytes };
    }),
    'a row is replaced as a whole by the next one with its key',
  ],
  [
    'an index that keeps what was moved',
    spoiled((store) => {
      const moved = new Map<string, number>();
      return {
        commit: (changes, rows = []) => {
          const before = rows.map((change) => change?.do === 'put-row' && store.row(change.row.table, change.row.key));
          store.commit(changes, rows);
          rows.forEach((change, index) => {
            const old = before[index];
            if (change.do !== 'put-row' || !old || old.partition === change.row.partition) return;
            moved.set(old.partition, (moved.get(old.partition) ?? 0) + 1);
          });
        },
        count: (table, partition) => store.count(table, partition) + (moved.get(partition) ?? 0),
      };
    }),
    'a row that is put in another partition is in the first one no longer',
  ],
  [
    'a deletion by the key alone, in all tables',
    changing((told) => (told.do === 'delete-row' ? [told, { ...told, table: 'app-second' }] : told)),
    'a row that was deleted is gone, and no other; where there is none, nothing happens',
  ],
  [
    'a deletion that fails where there is no row',
    committing((store, changes, rows) => {
      for (const change of rows)
        if (change.do === 'delete-row' && store.row(change.table, change.key) === undefined)
          throw new DimError('STORE_FAILED', 'no such row');
      store.commit(changes, rows);
    }),
    'a row that was deleted is gone, and no other; where there is none, nothing happens',
  ],
  [
    'partitions that are deleted by how they begin',
    changing((told, store) => {
      if (told.do !== 'delete-partition') return told;
      const names = store.partitions(told.table).filter((name) => name.startsWith(told.partition));
      return [told, ...names.map((partition) => ({ ...told, partition }))];
    }),
    'the rows of a partition are deleted together, and no others',
  ],
  [
    'deletions before all else',
    committing((store, changes, rows) =>
      store.commit(changes, [
        ...rows.filter((change) => change.do !== 'put-row'),
        ...rows.filter((change) => change.do === 'put-row'),
      ]),
    ),
    'of several changes of one row in a commit, the last one counts',
  ],
];

/** Names as a database makes others of them. */
const NAMING: readonly (readonly [what: string, change: (name: string) => string])[] = [
  ['without case', (name) => name.toLowerCase()],
  ['without blanks at the end', (name) => name.trimEnd()],
  ['up to a zero', (name) => name.split('\0')[0] ?? ''],
  ['in one form of Unicode', (name) => name.normalize('NFC')],
  ['in another form of Unicode', (name) => name.normalize('NFKC')],
  ['as well-formed text', (name) => new TextDecoder().decode(new TextEncoder().encode(name))],
];

export const WRONG_NAMES: readonly WrongClientStore[] = [
  ...NAMING.flatMap(([what, change]): readonly WrongClientStore[] => [
    [
      `keys that are kept ${what}`,
      putting((row) => (typeof row.key === 'string' ? { ...row, key: change(row.key) } : row)),
      'keys are told apart in each letter',
    ],
    [
      `partitions that are kept ${what}`,
      putting((row) => (typeof row.partition === 'string' ? { ...row, partition: change(row.partition) } : row)),
      'partitions are told apart in each letter',
    ],
  ]),
  [
    'tables that share their rows',
    spoiled((store) => ({
      commit: (changes, rows = []) =>
        store.commit(
          changes,
          rows.map((change) =>
            change.do === 'put-row' && typeof change.row.table === 'string'
              ? { ...change, row: { ...change.row, table: change.row.table.slice(0, 63) } }
              : change,
          ),
        ),
    })),
    'tables may have any name that is one, and each has rows of its own',
  ],
  [
    'keys of 255 characters',
    putting((row) => (typeof row.key === 'string' ? { ...row, key: row.key.slice(0, 255) } : row)),
    'keys and partitions may have 1024 characters',
  ],
];

export const WRONG_VALUES: readonly WrongClientStore[] = [
  [
    'bigints as numbers',
    putting((row) => (isMap(row.value) ? { ...row, value: asNumbers(row.value) as JsonMap } : row)),
    'values of all kinds that JSON has come back as they were',
  ],
  [
    'fields that are set by assignment',
    putting((row) => {
      const value: Record<string, JsonValue> = {};
      if (isMap(row.value)) for (const [name, item] of Object.entries(row.value)) value[name] = item;
      return isMap(row.value) ? { ...row, value } : row;
    }),
    'values of all kinds that JSON has come back as they were',
  ],
  [
    'values that others can read',
    putting((row) => {
      if (isMap(row.value) && !hasCircle(row.value)) stringifyJson(row.value);
      return row;
    }),
    'values of all kinds that JSON has come back as they were',
  ],
  [
    'the whole buffer in the place of a part of it',
    putting((row) => (row.bytes instanceof Uint8Array ? { ...row, bytes: new Uint8Array(row.bytes.buffer) } : row)),
    'bytes come back: none, no more than none, and a part of a larger buffer',
  ],
  [
    'no bytes in the place of none',
    putting(({ bytes, ...row }) => (bytes === undefined || bytes.length === 0 ? row : { ...row, bytes })),
    'bytes come back: none, no more than none, and a part of a larger buffer',
  ],
  [
    'rows of a megabyte at most',
    putting((row) => {
      if ((row.bytes?.length ?? 0) > 1024 * 1024) throw new DimError('STORE_FAILED', 'too large');
      return row;
    }),
    'rows of several megabytes come back',
  ],
  [
    'a commit that looks at its rows later',
    committing(async (store, changes, rows) => {
      await Promise.resolve();
      store.commit(changes, rows);
    }),
    'what a caller changes after the call does not reach the store',
  ],
  [
    'answers that are what is kept',
    spoiled((store) => {
      const given = new Map<string, Row>();
      return {
        row: (table, key) => {
          const row = store.row(table, key);
          if (row === undefined) return undefined;
          const known = given.get(key) ?? { ...row, value: structuredClone(row.value) };
          given.set(key, known);
          return known;
        },
      };
    }),
    'what a caller does with an answer does not reach the store',
  ],
];

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !hasCircle(value);
}

function hasCircle(value: object): boolean {
  return Object.values(value).includes(value);
}

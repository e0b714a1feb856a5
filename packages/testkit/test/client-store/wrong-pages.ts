/** Stores that give rows in a wrong order, twice, or not at all. */
import type { MemoryClientStore, Row, RowRange } from 'dimsdk';
import { allOf, putting, spoiled, type WrongClientStore } from './spoiled-client-stores.ts';

/** All rows sorted in another way, as many as are asked for. */
const sorted = (compare: (one: Row, other: Row) => number) =>
  spoiled((store) => ({
    rows: (table, partition, range = {}) => {
      store.rows(table, partition, range);
      const { limit = 100, reverse = false, from = -Infinity, to = Infinity } = range;
      const rows = allOf(store, table, partition).filter(({ order }) => order >= from && order <= to);
      const inOrder = [...rows].sort((one, other) => (reverse ? compare(other, one) : compare(one, other)));
      return inOrder.slice(0, limit);
    },
  }));

/** Another range than is asked for. */
const asking = (change: (range: RowRange, store: MemoryClientStore) => RowRange) =>
  spoiled((store) => ({ rows: (table, partition, range = {}) => store.rows(table, partition, change(range, store)) }));

/** As databases compare texts in UTF-8. */
const codePoints = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

export const WRONG_PAGES: readonly WrongClientStore[] = [
  [
    'orders that are compared as text',
    sorted((one, other) => (String(one.order) < String(other.order) ? -1 : 1)),
    'rows come in their order, whatever numbers those are',
  ],
  [
    'orders of four bytes',
    putting((row) => ({ ...row, order: Math.fround(row.order) })),
    'rows come in their order, whatever numbers those are',
  ],
  [
    'keys in the order of code points',
    sorted((one, other) => one.order - other.order || codePoints(one.key, other.key)),
    'rows of one order come by their keys, in the order of code units',
  ],
  [
    'keys in the order of a language',
    sorted((one, other) => one.order - other.order || one.key.localeCompare(other.key)),
    'rows of one order come by their keys, in the order of code units',
  ],
  [
    'orders down and keys up',
    spoiled((store) => ({
      rows: (table, partition, range = {}) => {
        const rows = store.rows(table, partition, range);
        return range.reverse === true
          ? [...rows].sort((one, other) => other.order - one.order || (one.key < other.key ? -1 : 1))
          : rows;
      },
    })),
    'in reverse, rows come from the highest order and the last key down',
  ],
  [
    'rows that stay where they were put first',
    putting((row, store) => ({ ...row, order: store.row(row.table, row.key)?.order ?? row.order })),
    'rows stand where they were put last',
  ],
  [
    'a range without its end',
    spoiled((store) => ({
      rows: (table, partition, range = {}) =>
        store.rows(table, partition, range).filter(({ order }) => range.to === undefined || order < range.to),
    })),
    'from and to bound what comes, and what stands at them is part of it',
  ],
  [
    'a lower bound that is none in reverse',
    asking(({ from, ...range }) => (from === undefined || range.reverse === true ? range : { ...range, from })),
    'from and to bound what comes, and what stands at them is part of it',
  ],
  [
    'pages after an order, whatever the key',
    spoiled((store) => ({
      rows: (table, partition, range = {}) => {
        const { after, reverse = false } = range;
        const rows = store.rows(table, partition, range);
        return rows.filter(({ order }) => after === undefined || (reverse ? order < after.order : order > after.order));
      },
    })),
    'page after page, each row comes once, in both directions',
  ],
  [
    'pages that begin with the last row of the one before',
    asking(({ after, ...range }) =>
      after === undefined ? range : { ...range, after: { order: after.order, key: after.key.slice(0, -1) } },
    ),
    'page after page, each row comes once, in both directions',
  ],
  [
    'an after that takes the place of from and to',
    asking(({ after, from, to, ...range }) => (after === undefined ? { ...range, from, to } : { ...range, after })),
    'page after page within from and to, no row comes that is not',
  ],
  [
    'an after that is looked up by its key',
    spoiled((store) => ({
      rows: (table, partition, { after, ...range } = {}) => {
        const known = after && store.row(table, after.key);
        return store.rows(table, partition, known ? { ...range, after: known } : range);
      },
    })),
    'the page after a row that was deleted, or never was, begins behind its place',
  ],
  [
    'all rows where no limit is given',
    asking((range) => ({ limit: 1000, ...range })),
    'no more rows come than the limit, and 100 where none is given',
  ],
  [
    'a hundred rows at most',
    asking(({ limit = 100, ...range }) => ({ ...range, limit: limit > 100 && limit <= 1000 ? 100 : limit })),
    'no more rows come than the limit, and 100 where none is given',
  ],
];

export const WRONG_PARTITIONS: readonly WrongClientStore[] = [
  [
    'a count of all of a table',
    spoiled((store) => ({
      count: (table) => store.partitions(table).reduce((sum, partition) => sum + store.count(table, partition), 0),
    })),
    'the rows of a partition are counted, and no others',
  ],
  [
    'a count of what was ever put',
    spoiled((store) => {
      let puts = 0;
      return {
        commit: (changes, rows = []) => {
          store.commit(changes, rows);
          puts += rows.filter((change) => change.do === 'put-row').length;
        },
        count: (table, partition) => Math.min(puts, store.count(table, partition) * 2),
      };
    }),
    'the rows of a partition are counted, and no others',
  ],
  [
    'partitions in the order of code points',
    spoiled((store) => ({ partitions: (table, after) => [...store.partitions(table, after)].sort(codePoints) })),
    'partitions come in the order of code units, each once',
  ],
  [
    'a partition for each row',
    spoiled((store) => ({
      partitions: (table, after) =>
        store.partitions(table, after).flatMap((name) => allOf(store, table, name).map(() => name)),
    })),
    'partitions come in the order of code units, each once',
  ],
  [
    'partitions that stay when they are empty',
    spoiled((store) => {
      const ever = new Set<string>();
      return {
        commit: (changes, rows = []) => {
          for (const name of store.partitions('app-contract')) ever.add(name);
          store.commit(changes, rows);
        },
        partitions: (table) => [...new Set([...ever, ...store.partitions(table)])].sort(),
      };
    }),
    'partitions without rows are none, however they became so',
  ],
  [
    'all partitions at once',
    spoiled((store) => ({
      partitions: (table, after) => {
        const first = store.partitions(table, after);
        return [...first, ...(first.length === 0 ? [] : store.partitions(table, first.at(-1)))];
      },
    })),
    'a thousand partitions come at once, and the others after the last of them',
  ],
  [
    'partitions after one that must be there',
    spoiled((store) => ({
      partitions: (table, after) =>
        store.partitions(table, after === undefined || store.count(table, after) > 0 ? after : undefined),
    })),
    'a thousand partitions come at once, and the others after the last of them',
  ],
];

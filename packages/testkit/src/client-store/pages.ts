/** The order of rows, and reading them page by page: none twice, none left out. */
import type { ClientStore, Row, RowRange } from 'dimsdk';
import { isSame } from '../store/answers.ts';
import { allOf, firstOf, isValue, verdict, type Verdict } from '../report/verdict.ts';
import { filledRows, keysOf, put, quoted, remove, rowOf, TABLE, type ClientStoreTrial } from './client-store-trial.ts';
import { NAMES } from './names.ts';

/** Orders of all kinds, from the lowest up. */
const ORDERS: readonly number[] = [
  -Number.MAX_VALUE,
  -1e300,
  -(2 ** 53),
  -1_700_000_000.5,
  -10,
  -9,
  -1.5,
  -1,
  -Number.MIN_VALUE,
  0,
  Number.MIN_VALUE,
  0.1,
  0.30000000000000004,
  1,
  1.0000000000000002,
  9,
  10,
  1_700_000_000.125,
  1_700_000_000.126,
  2 ** 53,
  2 ** 63,
  1e300,
  Number.MAX_VALUE,
];

/** Rows of a partition in their order: some alone in their places, and three at each of others. */
const STANDING: readonly Row[] = [-2.5, -1, 0, 0.5, 3, 1e9].flatMap((order, index) =>
  (index % 2 === 0 ? [''] : ['B', 'a', '😀']).map((suffix) => rowOf({ key: `${5 - index}${suffix}`, order })),
);

export async function checkPages({ contract, samples }: ClientStoreTrial): Promise<void> {
  const standing = () => filledRows(samples, shuffled(STANDING.map((row) => put(row))));
  const keys = STANDING.map(({ key }) => key);
  await contract.rule('rows', 'rows come in their order, whatever numbers those are', async () => {
    const rows = ORDERS.map((order, index) => put({ key: `${ORDERS.length - index}`, order }));
    return isSame(
      await keysOf(await filledRows(samples, shuffled(rows))),
      ORDERS.map((_, index) => `${ORDERS.length - index}`),
    );
  });
  await contract.rule('rows', 'rows of one order come by their keys, in the order of code units', async () => {
    const store = await filledRows(
      samples,
      shuffled(NAMES).map((key) => put({ key })),
    );
    return isSame(quoted(await keysOf(store)), quoted([...NAMES].sort()));
  });
  await contract.rule('rows', 'in reverse, rows come from the highest order and the last key down', async () =>
    isSame(await keysOf(await standing(), 'partition', { reverse: true }), backwards(keys)),
  );
  await contract.rule('rows', 'rows stand where they were put last', async () => {
    const store = await filledRows(samples, [put({ key: 'a', order: 1 }), put({ key: 'b', order: 2 })]);
    await store.commit([], [put({ key: 'a', order: 3 })]);
    return isSame(await keysOf(store), ['b', 'a']);
  });
  await contract.rule('rows', 'from and to bound what comes, and what stands at them is part of it', async () => {
    const store = await standing();
    const bounds = [-Infinity, -3, -2.5, -1, 0.25, 0.5, 3, 1e9, 2e9, Infinity, undefined];
    const ranges = bounds.flatMap((from) => bounds.map((to): RowRange => ({ from, to })));
    return firstOf(ranges, async (range) => {
      const { from = -Infinity, to = Infinity } = range;
      const wanted = STANDING.filter(({ order }) => order >= from && order <= to).map(({ key }) => key);
      const both = [
        isSame(await keysOf(store, 'partition', range), wanted),
        isSame(await keysOf(store, 'partition', { ...range, reverse: true }), backwards(wanted)),
      ];
      return within(`from ${from} to ${to}`, allOf(both));
    });
  });
  await contract.rule('rows', 'page after page, each row comes once, in both directions', async () => {
    const store = await standing();
    const ways = [1, 2, 3, 4, 100].flatMap((limit) => [false, true].map((reverse) => ({ limit, reverse })));
    return firstOf(ways, async (way) =>
      within(JSON.stringify(way), isSame(await pagesOf(store, way), way.reverse ? backwards(keys) : keys)),
    );
  });
  await contract.rule('rows', 'page after page within from and to, no row comes that is not', async () => {
    const store = await standing();
    const wanted = STANDING.filter(({ order }) => order >= -1 && order <= 3).map(({ key }) => key);
    const range = { from: -1, to: 3, limit: 2 };
    return allOf([
      isSame(await pagesOf(store, range), wanted),
      isSame(await pagesOf(store, { ...range, reverse: true }), backwards(wanted)),
      isSame(await keysOf(store, 'partition', { from: 3, after: { order: -1, key: '' } }), keys.slice(-4)),
    ]);
  });
  await contract.rule(
    'rows',
    'the page after a row that was deleted, or never was, begins behind its place',
    async () => {
      const store = await standing();
      const { order, key } = STANDING[2] ?? rowOf();
      await store.commit([], [remove(key)]);
      return allOf([
        isSame(await keysOf(store, 'partition', { after: { order, key } }), keys.slice(3)),
        isSame(await keysOf(store, 'partition', { after: { order, key }, reverse: true }), backwards(keys.slice(0, 2))),
        isSame(await keysOf(store, 'partition', { after: { order: 0.25, key: 'x' } }), keys.slice(5)),
      ]);
    },
  );
  await contract.rule('rows', 'no more rows come than the limit, and 100 where none is given', async () => {
    const store = await filledRows(
      samples,
      Array.from({ length: 1001 }, (_, order) => put({ key: `${order}`, order })),
    );
    const counts = await Promise.all(
      [undefined, {}, { limit: 1 }, { limit: 99 }, { limit: 1000 }, { limit: 1000, reverse: true }].map(
        async (range) => (await store.rows(TABLE, 'partition', range)).length,
      ),
    );
    return allOf([
      isSame(counts.map(String), ['100', '100', '1', '99', '1000', '1000']),
      isValue((await store.rows(TABLE, 'partition', { from: 995 })).length, 6),
    ]);
  });
}

/** The keys of all pages, each asked for with the last row of the one before. */
async function pagesOf(store: ClientStore, range: RowRange): Promise<readonly string[]> {
  const found: string[] = [];
  let page = await store.rows(TABLE, 'partition', range);
  // More than there are: a store may give the same page for ever.
  while (page.length > 0 && found.length <= STANDING.length) {
    found.push(...page.map(({ key }) => key));
    page = await store.rows(TABLE, 'partition', { ...range, after: page.at(-1) });
  }
  return found;
}

/** What was found, and by which question. */
function within(what: string, found: Verdict): Verdict {
  return found === true || verdict(false, `${found.expected} ${what}`, `${found.received} ${what}`);
}

/** In another order, which is the same each time. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const even = items.filter((_, index) => index % 2 === 0);
  return [...backwards(items.filter((_, index) => index % 2 === 1)), ...even];
}

const backwards = <T>(items: readonly T[]): readonly T[] =>
  items.map((_, index) => items[items.length - 1 - index] as T);

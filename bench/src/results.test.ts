/** The verdicts, the guard's floors, the table and the chart, of results that are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartOf } from './chart.ts';
import { compare, median } from './compare.ts';
import { verdictsOf, type Results, type RowResult } from './results.ts';
import { floorOf, thriceTheSdk } from './row.ts';
import { tablesOf } from './table.ts';

const ROW: RowResult = {
  name: 'pack',
  note: undefined,
  target: { ofBound: 0.9 },
  portableTarget: undefined,
  rates: { ours: 95, bound: 100 },
};

function resultsOf(rows: readonly RowResult[], more: Partial<Results> = {}): Results {
  return {
    node: 'v20',
    quick: false,
    python: undefined,
    rows,
    imports: { empty: 40, full: 65, scaled: 25 },
    memory: { messages: 1, ids: 1, afterDistinct: [{ count: 10, bytes: 1024 }] },
    throughput: { cores: 2, atATime: 32, gain: 1.8 },
    growth: [{ name: 'group pack', unit: 'member', points: [1, 2, 4, 8].map((size) => ({ size, nanoseconds: 100 })) }],
    ...more,
  };
}

function verdictOf(rows: readonly RowResult[], name: string, more: Partial<Results> = {}): boolean | undefined {
  return verdictsOf(resultsOf(rows, more)).find((verdict) => verdict.name.includes(name))?.met;
}

await test('a target is a part of the bound', () => {
  assert.equal(verdictOf([ROW], 'pack'), true);
  assert.equal(verdictOf([{ ...ROW, rates: { ours: 89, bound: 100 } }], 'pack'), false);
  assert.equal(verdictOf([{ ...ROW, rates: { ours: 89 } }], 'pack'), false);
});

await test('or a rate, or a multiple of the rate of the Python implementation where it took part', () => {
  const row: RowResult = { ...ROW, name: 'ID', target: { perSecond: 100, ofPython: 4 }, rates: { ours: 80 } };
  assert.equal(verdictOf([row], 'ID'), false);
  assert.equal(verdictOf([{ ...row, rates: { ours: 100 } }], 'ID'), true);
  assert.equal(verdictOf([{ ...row, rates: { ours: 80, python: 20 } }], 'ID'), true);
  assert.equal(verdictOf([{ ...row, rates: { ours: 80, python: 21 } }], 'ID'), false);
});

await test('the portable backend has targets of its own', () => {
  const row: RowResult = {
    ...ROW,
    portableTarget: thriceTheSdk(100, 1000),
    rates: { ours: 100, bound: 100, portable: 29 },
  };
  assert.equal(verdictOf([row], 'portable: pack'), false);
  assert.equal(verdictOf([{ ...row, rates: { ...row.rates, portable: 31 } }], 'portable: pack'), true);
});

await test('what is measured beside the rows has targets too', () => {
  assert.deepEqual(
    verdictsOf(resultsOf([])).map(({ met }) => met),
    [true, true, true, true],
  );
  const points = [100, 100, 200, 400].map((nanoseconds, index) => ({ size: 2 ** index, nanoseconds }));
  assert.equal(verdictOf([], 'group pack', { growth: [{ name: 'group pack', unit: 'member', points }] }), false);
  assert.equal(verdictOf([], 'at a time', { throughput: { cores: 2, atATime: 32, gain: 1.6 } }), false);
  assert.equal(verdictOf([], 'import', { imports: { empty: 40, full: 90, scaled: 50 } }), false);
  const memory = { messages: 1, ids: 1, afterDistinct: [{ count: 10, bytes: 1 << 30 }] };
  assert.equal(verdictOf([], 'held', { memory }), false);
});

await test('the guard has a floor for each row with a bound to compare with', () => {
  assert.equal(floorOf({ target: { ofBound: 0.8 } }), 0.1);
  assert.equal(floorOf({ target: { perSecond: 5 }, floor: 0.3 }), 0.3);
  assert.equal(floorOf({ target: { perSecond: 5 } }), undefined);
});

await test('the table and the chart name each row, and what is not met', () => {
  const results = resultsOf([ROW, { ...ROW, name: 'a <slow> one', rates: { ours: 10, bound: 100 } }]);
  const tables = tablesOf(results);
  assert.match(tables, /^pack +95\.0 .*0\.95$/m);
  assert.match(tables, /^a <slow> one .*NOT met$/m);
  const chart = chartOf(results);
  assert.match(chart, /a &lt;slow> one/);
  assert.equal((chart.match(/<circle/g) ?? []).length, 5);
});

await test('medians, and rates of what is measured in turns', async () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  const busy = (count: number) => () => {
    let sum = 0;
    for (let index = 0; index < count; index++) sum += Math.sqrt(index);
    return sum;
  };
  // A thousandfold, so that a machine that does other work between two measurements changes no answer.
  const contenders = [
    { name: 'little', run: busy(2000) },
    { name: 'much, many times', run: busy(2_000_000), times: 1000 },
    { name: 'much', run: busy(2_000_000) },
  ];
  const rates = await compare(contenders, { rounds: 5, slice: 10 });
  const [little = 0, manyTimes = 0, much = 0] = contenders.map(({ name }) => rates.get(name));
  assert.ok(little > much * 4, 'a thousandth of the work is several times as fast');
  assert.ok(manyTimes > much * 5, 'times are counted');
});

/** The verdicts, the guard's floors, the tables and the chart, of results that are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Beside } from '../beside/beside.ts';
import { floorOf, thriceTheSdk, type Row } from '../rows/row.ts';
import { chartOf } from './chart.ts';
import { toJson, type Measured, type Results, type RowResult } from './results.ts';
import { tablesOf } from './table.ts';
import { verdictsOf } from './verdicts.ts';

const NODES = ['20.1.0', '24.2.0'];
const NEW = '24.2.0';
const BESIDE: Beside = {
  memory: { messages: 15, onTheWire: 10, ids: 1, afterDistinct: [{ count: 10, bytes: 1024 }] },
  throughput: { cores: 2, atATime: 32, gain: 1.8 },
  growth: [{ name: 'group pack', unit: 'member', points: [1, 2, 4, 8].map((size) => ({ size, nanoseconds: 100 })) }],
  responsiveness: {
    messages: 10,
    cores: 2,
    oneByOne: { perSecond: 100, longestStallMs: 60 },
    pooled: { perSecond: 170, longestStallMs: 20 },
  },
};

function resultOf(row: Partial<Row>, measured: Partial<Measured>, python?: number): RowResult {
  const on = new Map(NODES.map((node) => [node, { warm: {}, first: undefined, portable: undefined, ...measured }]));
  return { row: { name: 'pack', ...row }, on, python };
}

function resultsOf(rows: readonly RowResult[], beside: Partial<Beside> = {}): Results {
  return {
    quick: false,
    nodes: NODES,
    python: { dimsdk: '2.5' },
    rows,
    imports: { empty: 40, full: 65, scaled: 25 },
    beside: new Map(NODES.map((node) => [node, { ...BESIDE, ...beside }])),
  };
}

function isMet(result: RowResult, name: string, node = NEW): boolean | undefined {
  return verdictsOf(resultsOf([result]))
    .find((verdict) => verdict.name === name)
    ?.on.get(node)?.met;
}

await test('a target is a part of the bound, which may differ on Node 20', () => {
  const row = { target: { ofBound: { onNode20: 0.7, newer: 0.9 } } };
  assert.equal(isMet(resultOf(row, { warm: { ours: 95, bound: 100 } }), 'pack'), true);
  assert.equal(isMet(resultOf(row, { warm: { ours: 89, bound: 100 } }), 'pack'), false);
  assert.equal(isMet(resultOf(row, { warm: { ours: 89, bound: 100 } }), 'pack', '20.1.0'), true);
  assert.equal(isMet(resultOf(row, { warm: { ours: 95 } }), 'pack'), false);
});

await test('the first runs have a target of their own', () => {
  const row = { target: { ofBound: 0.9, first: 0.6 } };
  const result = resultOf(row, { warm: { ours: 50, bound: 100 }, first: { ours: 61, bound: 100 } });
  assert.equal(isMet(result, 'pack'), false);
  assert.equal(isMet(result, 'pack: the first 100'), true);
});

await test('or a rate, or a multiple of the rate of the Python implementation where it took part', () => {
  const row = { target: { perSecond: 100, ofPython: 4 } };
  assert.equal(isMet(resultOf(row, { warm: { ours: 80 } }), 'pack'), false);
  assert.equal(isMet(resultOf(row, { warm: { ours: 100 } }), 'pack'), true);
  assert.equal(isMet(resultOf(row, { warm: { ours: 80 } }, 20), 'pack'), true);
  assert.equal(isMet(resultOf(row, { warm: { ours: 80 } }, 21), 'pack'), false);
});

await test('whatever Python does, too, is to be three times as fast', () => {
  assert.equal(isMet(resultOf({}, { warm: { ours: 30 } }, 10), 'pack: beside Python'), true);
  assert.equal(isMet(resultOf({}, { warm: { ours: 29 } }, 10), 'pack: beside Python'), false);
});

await test('the portable backend has targets of its own', () => {
  const row = { portableTarget: thriceTheSdk(100, 1000) };
  const portable = (rate: number): RowResult => resultOf(row, { portable: { portable: rate, bound: 100 } });
  assert.equal(isMet(portable(29), 'portable: pack'), false);
  assert.equal(isMet(portable(31), 'portable: pack'), true);
});

await test('what is measured beside the rows has targets too', () => {
  const missed = (beside: Partial<Beside>): readonly string[] =>
    verdictsOf(resultsOf([], beside))
      .filter(({ on }) => [...on.values()].some(({ met }) => !met))
      .map(({ name }) => name);
  const { memory, throughput, responsiveness } = BESIDE;
  assert.deepEqual(missed({}), []);
  assert.deepEqual(missed({ memory: { ...memory, messages: 17 } }), ['a held message']);
  const afterDistinct = [{ count: 10, bytes: 1 << 30 }];
  assert.deepEqual(missed({ memory: { ...memory, afterDistinct } }), ['held after 10 distinct IDs']);
  assert.deepEqual(missed({ throughput: { ...throughput, gain: 1.6 } }), ['32 packs at a time on 2 cores']);
  const pooled = { perSecond: 150, longestStallMs: 51 };
  assert.deepEqual(missed({ responsiveness: { ...responsiveness, pooled } }), [
    'a backlog of 10, RSA-2048: longest stall',
    'a backlog of 10, RSA-2048: on threads',
  ]);
  const points = [100, 100, 200, 400].map((nanoseconds, index) => ({ size: 2 ** index, nanoseconds }));
  const growth = [{ name: 'group pack', unit: 'member', points }];
  assert.deepEqual(missed({ growth }), ['group pack: cost of a member over the sizes']);
  const slow = verdictsOf({ ...resultsOf([]), imports: { empty: 40, full: 90, scaled: 50 } });
  assert.equal(slow.at(-1)?.on.get('20.1.0')?.met, false);
});

await test('the guard has a floor for each row with a bound to compare with', () => {
  assert.equal(floorOf({ target: { ofBound: 0.9 } }, 24), 0.3);
  assert.equal(floorOf({ target: { ofBound: { onNode20: 0.6, newer: 0.9 } } }, 20), 0.6 / 3);
  assert.equal(floorOf({ target: { perSecond: 5, ofPython: 4 }, floor: 0.3 }, 24), 0.3);
  assert.equal(floorOf({ target: { perSecond: 5, ofPython: 4 } }, 24), undefined);
});

await test('the tables and the chart name each row, and what is not met', () => {
  const target = { ofBound: 0.9 };
  const rows = [
    resultOf({ target }, { warm: { ours: 95, bound: 100 } }),
    resultOf({ name: 'a <slow> one', target }, { warm: { ours: 10, bound: 100 } }),
  ];
  const tables = tablesOf(resultsOf(rows));
  assert.match(tables, /^\| pack +\| 95\.0 .*\| 0\.950 /m);
  assert.match(tables, /^\| a <slow> one .*\*\*not met\*\*/m);
  assert.match(tables, /^15 of 17 met\.$/m);
  const chart = chartOf(resultsOf(rows));
  assert.match(chart, /a &lt;slow> one/);
  assert.equal((chart.match(/<circle/g) ?? []).length, 5);
  assert.match(toJson(resultsOf(rows)), /"24\.2\.0": \{/);
});

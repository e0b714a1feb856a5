import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coverage } from './coverage.ts';
import type { WorkCase } from './work-cases.ts';

/** Twice the input may take a little more than twice the work. */
const MAX_RATIO = 2.3;
const DEFAULT_SIZE = 100;

// Everything but Node itself and these tests: the libraries that the packages call work for the same peer.
const coverage = new Coverage(
  (url) => (url.startsWith('file:') && !url.includes('/fuzz/dist/')) || url.endsWith('/slow-toy.js'),
);
coverage.start();
const { workCases } = await import('./work-cases.ts');
const { dim } = await import('./targets/context.ts');
const { decodeBase58, encodeBase58 } = await import('dimplugins/coding');
const { copyPairs } = await import('./slow-toy.ts');

/** How many blocks of code reading an input of a size enters. */
function workOf({ prepare }: Pick<WorkCase, 'prepare'>, size: number): number {
  // Once before: what is computed at the first use is not the input's.
  prepare(size)();
  const run = prepare(size);
  coverage.takeWork();
  run();
  return coverage.takeWork();
}

/** How work grows when a size is doubled, twice. */
function ratiosOf(item: Pick<WorkCase, 'prepare' | 'size'>): readonly number[] {
  const { size = DEFAULT_SIZE } = item;
  const [one = 0, two = 0, four = 0] = [size, 2 * size, 4 * size].map((count) => workOf(item, count));
  return [two / one, four / two];
}

for (const item of workCases) {
  test(`${item.name}: work grows as the input does`, () => {
    const ratios = ratiosOf(item);
    assert.ok(
      ratios.every((ratio) => ratio <= MAX_RATIO),
      `grows by ${ratios.join(' and ')}`,
    );
  });
}

test('work that grows faster is seen', () => {
  const ratios = ratiosOf({ prepare: (size) => () => copyPairs(size) });
  assert.ok(
    ratios.every((ratio) => ratio > 3.5),
    String(ratios),
  );
});

test('base58 grows with the square, and is cut off before that hurts', () => {
  const limit = 1400;
  const work = workOf({ prepare: (size) => () => decodeBase58('z'.repeat(size)) }, limit);
  assert.ok(work < 2_000_000, String(work));
  assert.throws(() => decodeBase58('z'.repeat(limit + 1)), { code: 'INPUT_LIMIT' });
  assert.throws(() => encodeBase58(new Uint8Array(1025)), { code: 'USAGE_ARGUMENT' });
  // An ID never comes near that: its addresses have 35 characters at most.
  const inId = workOf({ prepare: (size) => () => dim.ID.tryParse('z'.repeat(size)) }, 35);
  assert.ok(inId < 5_000, String(inId));
});

test('a content is copied once for each content around it, and those are few', () => {
  const list = Array.from({ length: 1000 }, (_item, index) => index);
  const nest = (depth: number): object =>
    depth === 0 ? { type: '999', sn: 1, list } : { type: '202', sn: 1, contents: [nest(depth - 1)] };
  const work = (depth: number): number =>
    workOf({ prepare: (levels) => () => dim.Content.tryParse(nest(levels)) }, depth);
  const { contentDepth } = dim.limits;
  // The innermost is nearly all of it; each level around it has a few fields of its own.
  assert.ok(work(contentDepth) < 1.2 * (contentDepth + 1) * work(0));
  // Beyond the limit it ends there.
  assert.ok(work(30) < 2 * work(contentDepth));
});

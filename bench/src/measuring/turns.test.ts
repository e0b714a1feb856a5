/** Rates of what is measured in turns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST_RUNS, median, rateFirst, rateWarm } from './turns.ts';

const busy = (count: number) => () => {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += Math.sqrt(index);
  return sum;
};

// A thousandfold, so that a machine that does other work between two measurements changes no answer.
const LITTLE = { name: 'little', run: busy(2000) };
const MUCH = { name: 'much', run: busy(2_000_000) };

await test('medians', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

await test('a thousandth of the work is several times as fast, and times are counted', async () => {
  const often = { name: 'much, many times', run: async () => MUCH.run(), times: 1000 };
  const effort = { warmUp: { runs: 10, milliseconds: 20 }, rounds: 5, slice: 5 };
  const { little = 0, much = 0, 'much, many times': many = 0 } = await rateWarm([LITTLE, often, MUCH], effort);
  assert.ok(little > much * 4);
  assert.ok(many > much * 5);
});

await test('each has done its runs before it is measured, or has had its time', async () => {
  let runs = 0;
  const effort = { warmUp: { runs: 3000, milliseconds: 60_000 }, rounds: 0, slice: 1 };
  await rateWarm([{ name: 'counted', run: () => runs++ }], effort);
  assert.ok(runs >= 3000);
  const slow = { name: 'slow', run: MUCH.run };
  await rateWarm([slow], { warmUp: { runs: 1e9, milliseconds: 5 }, rounds: 0, slice: 1 });
});

await test('the first runs are so many, of each', async () => {
  let runs = 0;
  const rates = await rateFirst([{ name: 'counted', run: () => runs++ }, LITTLE, { ...MUCH, run: busy(200_000) }]);
  assert.equal(runs, FIRST_RUNS);
  assert.ok((rates['little'] ?? 0) > (rates['much'] ?? 0));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coverage } from './coverage.ts';
import { makeInputs } from './fresh-inputs.ts';
import type { Finding } from './finding.ts';
import { runLoop } from './loop.ts';
import { minimize } from './minimize.ts';

const SEEDS = [1, 2];
const MAX_RUNS = 15_000;

const coverage = new Coverage((url) => url.endsWith('/toy-target.js'));
coverage.start();
const { toyTarget } = await import('./toy-target.ts');

/** How many runs it takes to find the planted fault; undefined when it is not found. */
async function runsToFind(seed: number, guided: boolean): Promise<number | undefined> {
  let found: Finding | undefined;
  const fresh = makeInputs('packages', seed, 200);
  // Each search begins without knowledge.
  coverage.forget();
  const { runs } = await runLoop({
    target: toyTarget,
    coverage,
    corpus: [],
    fresh,
    seed,
    budget: { seconds: 0, runs: MAX_RUNS },
    guided,
    onRun() {},
    onNews() {},
    onFinding(_input, finding) {
      found = finding;
      return false;
    },
  });
  return found === undefined ? undefined : runs;
}

test('the loop finds a planted fault', async () => {
  for (const seed of SEEDS) {
    const runs = await runsToFind(seed, true);
    assert.ok(runs !== undefined, `not found with seed ${seed}`);
  }
});

test('without guidance the same changes do not find it', async () => {
  for (const seed of SEEDS) assert.equal(await runsToFind(seed, false), undefined);
});

test('the same seed does the same', async () => {
  assert.equal(await runsToFind(1, true), await runsToFind(1, true));
});

test('a finding is made small', async () => {
  const large = {
    type: '1',
    list: [
      { a: 'x'.repeat(40), b: [1, 2, 3] },
      { c: 'needle', d: null },
    ],
  };
  const input = new TextEncoder().encode(JSON.stringify(large));
  const smallest = await minimize(input, async (candidate) => new TextDecoder().decode(candidate).includes('needle'));
  assert.equal(new TextDecoder().decode(smallest), 'needle');
});

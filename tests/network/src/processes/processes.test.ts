/**
 * Two processes talk while they are killed and the network fails: each text is read once. `DIM_SEED` tells another story, as far as
 * two processes can be told one; `TEXTS` and `KILLS` one of any length; with `TELL` it is told how it goes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byForm, seedOfStory } from '../form.ts';
import { planOf, type Blow } from './plan.ts';
import type { Death } from './speech.ts';
import { EVERYTHING, runTrial } from './trial.ts';

const SEED = seedOfStory();
const TEXTS = Number(process.env['TEXTS'] ?? byForm(80, 160, 10_000));
const KILLS = Number(process.env['KILLS'] ?? byForm(4, 6, 100));

/** Of this machine, for what never comes. */
const LIMIT = { timeout: byForm(600_000, 1200_000, 3 * 3600_000) };

const tell =
  process.env['TELL'] === undefined ? {} : { tell: (what: string) => void process.stderr.write(`${what}\n`) };

test('two processes that are killed again and again read each text once', LIMIT, async (context) => {
  context.diagnostic(`DIM_SEED=${SEED} TEXTS=${TEXTS} KILLS=${KILLS}`);
  const plan = planOf(SEED, KILLS, TEXTS);
  const { problems, facts } = await runTrial({
    seed: SEED,
    faults: EVERYTHING,
    texts: TEXTS,
    window: 40,
    plan,
    ...tell,
  });
  context.diagnostic(JSON.stringify(facts));
  assert.deepEqual(problems, []);
});

test('a process that ends inside of send has sent, or has not', LIMIT, async (context) => {
  const places: readonly Death['at'][] = ['before-commit-of-send', 'after-commit-of-send'];
  const plan = Array.from({ length: 4 }, (_, index): Blow => {
    const at = places[index % 2] ?? 'before-commit';
    // Each device at each place.
    const whom = index % 4 < 2 ? 0 : 1;
    return { kind: 'dies', at: 5 * index, whom, death: { at, count: 2 }, pause: 0, again: 0, seconds: 0 };
  });
  const { problems, facts } = await runTrial({ seed: SEED, faults: {}, texts: 40, window: 2, plan, ...tell });
  context.diagnostic(JSON.stringify(facts));
  assert.deepEqual(problems, []);
  assert.deepEqual([facts['never'], facts['keptInSilence']], [2, 2]);
});

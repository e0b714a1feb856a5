/**
 * Two processes talk while they are killed and the network fails: each text is read once. `SEED` tells another story, as far as
 * two processes can be told one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTrial } from './trial.ts';

const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const TEXTS = Number(process.env['TEXTS'] ?? 80);
const KILLS = Number(process.env['KILLS'] ?? 4);

test('two processes that are killed again and again read each text once', async (context) => {
  context.diagnostic(`SEED=${SEED} TEXTS=${TEXTS} KILLS=${KILLS}`);
  const { problems, facts } = await runTrial({
    seed: SEED,
    texts: TEXTS,
    blows: KILLS,
    ...(process.env['TELL'] !== undefined && { tell: (what) => process.stderr.write(`${what}\n`) }),
  });
  context.diagnostic(JSON.stringify(facts));
  assert.deepEqual(problems, []);
});

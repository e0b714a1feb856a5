/**
 * A writing process is killed at any moment, again and again over one file: what it said was kept is there, once, and of what
 * it was about there is all or nothing. `DIM_KILLS` says how often; `DIM_SEED` tells it another story.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { MemoryClientStore } from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { byForm, seedOfStory } from '../form.ts';
import { below, chance } from './chance.ts';
import { start } from './child.ts';
import { contentsOf, dim, stepOf, stepsIn } from './story.ts';

const KILLS = Number(process.env['DIM_KILLS'] ?? byForm(10, 16, 100));
const SEED = seedOfStory();

const folder = mkdtempSync(join(tmpdir(), 'dimsdk-kills-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`of ${KILLS} processes that were killed, what was acknowledged is there, once`, async (context) => {
  context.diagnostic(`DIM_SEED=${SEED} DIM_KILLS=${KILLS}`);
  const path = join(folder, 'killed.db');
  const numbers = chance(SEED, 'kills');
  // The same story in memory: another store, which nobody kills.
  const model = new MemoryClientStore();
  let made = 0;
  let cutShort = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const child = start('./writer.js', path, String(SEED));
    // Some are killed while they open the file; the first has said something.
    if (kill > 1 && below(numbers, 8) === 0) await setTimeout(below(numbers, 300));
    else await child.printed(1 + below(numbers, 60));
    await setTimeout(below(numbers, 10));
    child.kill();
    assert.deepEqual(await child.ended, { code: null, signal: 'SIGKILL' });
    const acknowledged = Number(child.lines.at(-1) ?? made);

    const store = await openSqliteStore({ dim, path, vault: 'unprotected' });
    const steps = await stepsIn(store);
    const said = `kill ${kill}: ${acknowledged} acknowledged, ${steps} kept`;
    // What was kept and could not be said any more is one commit at most.
    assert.ok(steps === acknowledged || steps === acknowledged + 1, said);
    if (steps > acknowledged) cutShort++;
    for (; made < steps; made++) {
      const { changes, rows } = await stepOf(SEED, made + 1);
      model.commit(changes, rows);
    }
    assert.deepEqual(await contentsOf(store, SEED), await contentsOf(model, SEED), said);
    // Its turn was given up with it.
    await store.exclusive(async () => Promise.resolve());
    await store.close();
  }
  context.diagnostic(`${made} commits, of which ${cutShort} were kept and could not be said any more`);
  assert.ok(made > 0);
});

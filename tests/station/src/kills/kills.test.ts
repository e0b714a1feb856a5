/**
 * A writing process is killed at any moment, again and again over one file: what it said was done is so, and nothing is there
 * twice. `DIM_KILLS` says how often; `DIM_SEED` tells it another story.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openSqliteEngine } from 'dimstation';
import { byForm, seedOfStory } from 'network/form';
import { below, chance } from 'network/chance';
import { start } from './child.ts';
import { Ledger } from './ledger.ts';
import { contentsOf, type Said } from './story.ts';

const KILLS = Number(process.env['DIM_KILLS'] ?? byForm(2, 10, 100));
const SEED = seedOfStory();

/** Steps of one process are fewer. */
const STEPS = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'dimstation-kills-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test(`of ${KILLS} processes that were killed, what was done is so, once`, async (context) => {
  context.diagnostic(`DIM_SEED=${SEED} DIM_KILLS=${KILLS}`);
  const path = join(folder, 'killed.db');
  const numbers = chance(SEED, 'kills');
  const ledger = new Ledger(SEED);
  for (let kill = 1; kill <= KILLS; kill++) {
    const child = start('./writer.js', path, String(SEED), String(kill * STEPS));
    // Some are killed while they open the file; the first has said something.
    if (kill > 1 && below(numbers, 8) === 0) await setTimeout(below(numbers, 300));
    else await child.printed(1 + below(numbers, 100));
    await setTimeout(below(numbers, 10));
    child.kill();
    assert.deepEqual(await child.ended, { code: null, signal: 'SIGKILL' });
    for (const line of child.lines) ledger.hear(JSON.parse(line) as Said);

    // It opens at once: nobody has to take a lock away.
    const engine = await openSqliteEngine({ path });
    const contents = await contentsOf(engine);
    assert.deepEqual(ledger.faultsOf(contents), [], `kill ${kill}`);
    assert.deepEqual(await ledger.faultsOfRecords(engine), [], `kill ${kill}`);
    const count = [...contents.values()].reduce((sum, box) => sum + box.size, 0);
    assert.equal((await engine.mailbox.total()).messages, count);
    await engine.close();
  }
  context.diagnostic(
    `${ledger.kept} messages kept, ${ledger.removed} removed, ${ledger.unsaid} kept and not said any more`,
  );
  assert.ok(ledger.kept > 0);
});

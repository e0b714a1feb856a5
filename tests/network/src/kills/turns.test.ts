/** Processes that open one file at once, and take turns over it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSqliteStore } from 'dimsdk/node';
import { start } from './child.ts';
import { countIn, setCount } from './count.ts';
import { dim } from './story.ts';

const folder = mkdtempSync(join(tmpdir(), 'dimsdk-turns-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('of what several processes plan and commit in turns, nothing is undone, from an empty folder on', async () => {
  const path = join(folder, 'counted.db');
  const children = ['20', '20', '20', '20'].map((times) => start('./turn-taker.js', path, times));
  for (const { ended } of children) assert.deepEqual(await ended, { code: 0, signal: null });
  const counts = children.flatMap(({ lines }) => lines.slice(1).map(Number));
  assert.deepEqual(
    counts.sort((one, other) => one - other),
    Array.from({ length: 80 }, (_, index) => index + 1),
  );
});

test('the turn of a process that was killed is free, and what it had not committed is undone', async () => {
  const path = join(folder, 'held.db');
  const store = await openSqliteStore({ dim, path, vault: 'unprotected' });
  const child = start('./turn-taker.js', path, '3', '3');
  // It opens, counts twice, and holds its third turn.
  await child.printed(4);
  assert.deepEqual(child.lines, ['open', '1', '2', 'holding']);
  const notes: string[] = [];
  const mine = store.exclusive(async () => {
    notes.push('mine');
    await setCount(store, (await countIn(store)) + 1);
  });
  // Reading and committing go on while another one has its turn.
  for (let commit = 0; commit < 20; commit++) {
    await store.commit(
      [],
      [{ do: 'put-row', row: { table: 'app-other', key: '1', partition: '', order: commit, value: {} } }],
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await countIn(store), 2);
  notes.push('killed');
  child.kill();
  await child.ended;
  await mine;
  assert.deepEqual(notes, ['killed', 'mine']);
  assert.equal(await countIn(store), 3);
  await store.close();
});

test('a process that has always something to do lets others have their turns', async (context) => {
  const path = join(folder, 'busy.db');
  const store = await openSqliteStore({ dim, path, vault: 'unprotected' });
  const child = start('./turn-taker.js', path, '30');
  const done = new AbortController();
  let turns = 0;
  const busy = Array.from({ length: 4 }, async () => {
    while (!done.signal.aborted)
      await store.exclusive(async () => {
        turns++;
        await setCount(store, (await countIn(store)) + 1);
      });
  });
  assert.deepEqual(await child.ended, { code: 0, signal: null });
  done.abort();
  await Promise.all(busy);
  context.diagnostic(`${turns} turns beside 30`);
  assert.equal(await countIn(store), turns + 30);
  await store.close();
});

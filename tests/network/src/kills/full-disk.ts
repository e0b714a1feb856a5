/** A program that fills the small disk of a folder, and goes on when there is room again. Argument: the folder. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDimError } from 'dimp';
import type { ClientStore } from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { contentsOf, dim, stepOf, stepsIn } from './story.ts';

const [folder = ''] = process.argv.slice(2);
const ROUNDS = 3;
const ballast = (round: number): string => join(folder, `ballast-${round}`);
const path = join(folder, 'full.db');
const SEED = 1;

async function codeOf(action: () => unknown): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (isDimError(error)) return error.code;
    throw error;
  }
}

/** Makes steps, and at most so many. @returns the code of the error that ended it */
async function write(store: ClientStore, most: number): Promise<string | undefined> {
  const first = (await stepsIn(store)) + 1;
  for (let number = first; number < first + most; number++) {
    const { changes, rows } = await stepOf(SEED, number);
    const code = await codeOf(() => store.commit(changes, rows));
    if (code !== undefined) return code;
    assert.equal(await stepsIn(store), number);
  }
  return undefined;
}

for (let round = 0; round < ROUNDS; round++) writeFileSync(ballast(round), new Uint8Array(512 * 1024));
const store = await openSqliteStore({ dim, path, vault: 'unprotected' });
for (let round = 0; round < ROUNDS; round++) {
  assert.equal(await write(store, 10_000), 'STORE_FULL');
  const before = await contentsOf(store, SEED);
  // However often it is tried, nothing of it is kept, and nothing is taken away.
  for (let attempt = 0; attempt < 3; attempt++) assert.equal(await write(store, 1), 'STORE_FULL');
  assert.deepEqual(await contentsOf(store, SEED), before);
  // Another one finds no room either, and says so.
  assert.equal(
    await codeOf(() => openSqliteStore({ dim, path: join(folder, `new-${round}.db`), vault: 'unprotected' })),
    'STORE_FULL',
  );
  rmSync(ballast(round));
  assert.equal(await write(store, 3), undefined);
}
const last = await contentsOf(store, SEED);
await store.close();
const again = await openSqliteStore({ dim, path, vault: 'unprotected' });
assert.deepEqual(await contentsOf(again, SEED), last);
await again.close();
console.log('done');

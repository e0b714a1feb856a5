/** A program that fills the small disk of a folder, and goes on when there is room again. Argument: the folder. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDimError } from 'dimp';
import { openSqliteEngine, type Engine } from 'dimstation';
import { contentsOf, postingOf, ROOM, TABLE } from './story.ts';

const [folder = ''] = process.argv.slice(2);
const ROUNDS = 3;
const SEED = 1;
const ballast = (round: number): string => join(folder, `ballast-${round}`);
const path = join(folder, 'full.db');
let step = 0;

async function codeOf(action: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (isDimError(error)) return error.code;
    throw error;
  }
}

const keep = (engine: Engine): Promise<unknown> => engine.mailbox.append([postingOf(SEED, step++)], ROOM);

for (let round = 0; round <= ROUNDS; round++) writeFileSync(ballast(round), new Uint8Array(1024 * 1024));
const engine = await openSqliteEngine({ path });
for (let round = 0; round < ROUNDS; round++) {
  // Many at once: some fit, and some do not.
  let codes: readonly (string | undefined)[] = [];
  while (!codes.includes('STORE_FULL'))
    codes = await Promise.all(Array.from({ length: 20 }, () => codeOf(() => keep(engine))));
  while ((await codeOf(() => keep(engine))) === undefined);
  const before = await contentsOf(engine);
  const { messages } = await engine.mailbox.total();
  assert.equal(
    [...before.values()].reduce((sum, box) => sum + box.size, 0),
    messages,
  );
  // However often it is tried, nothing of it is kept, and what is there is read.
  const large = { ...postingOf(SEED, step++), bytes: new Uint8Array(8 * 1024 * 1024) };
  assert.equal(await codeOf(() => engine.mailbox.append([large], ROOM)), 'STORE_FULL');
  const value = { text: 'x'.repeat(8 * 1024 * 1024) };
  const write = (): Promise<unknown> => engine.records.write([{ table: TABLE, key: 'large', value, writtenAt: 1 }]);
  assert.equal(await codeOf(write), 'STORE_FULL');
  assert.deepEqual(await contentsOf(engine), before);
  assert.equal((await engine.mailbox.total()).messages, messages);
  assert.equal(await codeOf(() => engine.backup(join(folder, 'copy.db'))), 'STORE_FULL');
  rmSync(ballast(round));
  for (let count = 0; count < 3; count++) assert.equal(await codeOf(() => keep(engine)), undefined);
}
const last = await contentsOf(engine);
await engine.close();
// To open a file needs some room.
rmSync(ballast(ROUNDS));
const again = await openSqliteEngine({ path });
assert.deepEqual(await contentsOf(again), last);
await again.close();
console.log('done');

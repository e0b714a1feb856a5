/** A user who goes from one station to the other and back, while messages come and things go wrong: each is read once. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { MemoryClientStore } from 'dimsdk';
import { person, type TestClient } from '../world.ts';
import type { Cut } from './net.ts';
import { sayWhere } from './moving.ts';
import { Region } from './region.ts';
import { byForm } from 'network/form';

const BOTH = { Abbey: ['Borough'], Borough: ['Abbey'] };
const TEXTS = 6;

test('what waits at one station goes to the other, and what comes back is read', async () => {
  const region = await Region.of(BOTH);
  const store = new MemoryClientStore();
  const alice = await region.client('Alice', 'Abbey');
  const expected: string[] = [];
  const say = async (): Promise<void> => {
    const text = `Message ${expected.length}`;
    expected.push(text);
    await alice.send(TextContent.create(text), person('Bob').id);
    await region.pass(10);
  };
  for (const at of ['Abbey', 'Borough', 'Abbey', 'Borough', 'Borough', 'Abbey']) {
    // Once where he was last, and once while he is there.
    await say();
    const bob = await region.client('Bob', at, store);
    await say();
    await region.pass(30);
    deepStrictEqual(await region.read(bob, 'Alice'), expected, `at ${at}`);
    await region.leave(bob);
    await say();
  }
  const last = await region.client('Bob', 'Borough', store);
  await region.pass(30);
  deepStrictEqual(await region.read(last, 'Alice'), expected);
  strictEqual(await region.waiting('Abbey'), 0);
  strictEqual(await region.waiting('Borough'), 0);
  await region.leave(alice, last);
  await region.close();
});

test('messages follow a user who is gone again before they arrive, there and back and there', async () => {
  const region = await Region.of(BOTH);
  const store = new MemoryClientStore();
  const alice = await region.client('Alice', 'Abbey');
  await region.leave(await region.client('Bob', 'Abbey', store));
  const expected = ['One', 'Two', 'Three'];
  for (const text of expected) await alice.send(TextContent.create(text), person('Bob').id);
  await region.pass(10);
  // He comes in, and gets nothing of what is written to him.
  region.net.fault = ({ from, to, bytes }) =>
    to === 'Bob' && from in BOTH && isOf('Alice', bytes) ? 'before' : undefined;
  for (const [at, other] of [
    ['Borough', 'Abbey'],
    ['Abbey', 'Borough'],
    ['Borough', 'Abbey'],
    ['Abbey', 'Borough'],
  ] as const) {
    await region.leave(await region.client('Bob', at, store));
    await region.pass(30);
    strictEqual(await region.waiting(at), expected.length, `at ${at}`);
    strictEqual(await region.waiting(other), 0, `not at ${other}`);
  }
  region.net.fault = () => undefined;
  const bob = await region.client('Bob', 'Borough', store);
  await region.pass(30);
  deepStrictEqual(await region.read(bob, 'Alice'), expected);
  await region.leave(alice, bob);
  await region.close();
});

function isOf(name: string, bytes: Uint8Array): boolean {
  return (JSON.parse(decodeUtf8(bytes)) as { sender: string }).sender === person(name).id.toString();
}

/** Numbers that are the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SEEDS = byForm(1, 3, 60);
const FIRST_SEED = Number(process.env['DIM_SEED'] ?? '1');
const CUTS: readonly Cut[] = ['before', 'behind', 'unheard'];

for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
  test(`from one to the other and back while things go wrong: seed ${seed}`, async () => {
    const chance = random(seed);
    const region = await Region.of(BOTH);
    const store = new MemoryClientStore();
    const alice = await region.client('Alice', 'Abbey');
    const first = await region.client('Bob', 'Borough', store);
    await region.pass(30);
    await region.leave(first);
    region.net.fault = ({ to }) =>
      chance() < (to === 'Bob' ? 0.2 : 0.04) ? CUTS[Math.floor(chance() * CUTS.length)] : undefined;
    const expected: string[] = [];
    let bob: TestClient | undefined;
    for (let step = 0; step < 24; step += 1) {
      const fate = chance();
      if (fate < 0.45 && expected.length < TEXTS * 2) {
        const text = `Message ${expected.length}`;
        expected.push(text);
        await alice.send(TextContent.create(text), person('Bob').id);
      } else if (fate < 0.75) {
        if (bob !== undefined) await region.leave(bob);
        bob = await region.client('Bob', chance() < 0.5 ? 'Abbey' : 'Borough', store);
      } else if (fate < 0.85) {
        const name = chance() < 0.5 ? 'Abbey' : 'Borough';
        await region.stop(name);
        await region.pass(chance() * 5);
        await region.start(name);
      } else region.net.cut('Abbey', 'Borough');
      await region.pass(chance() * 6);
    }
    region.net.fault = () => undefined;
    if (bob !== undefined) await region.leave(bob);
    await region.pass(300);
    bob = await region.client('Bob', chance() < 0.5 ? 'Abbey' : 'Borough', store);
    await region.pass(600);
    const read = await region.read(bob, 'Alice');
    deepStrictEqual([...read].sort(byNumber), expected);
    strictEqual(await region.waiting('Abbey'), 0);
    strictEqual(await region.waiting('Borough'), 0);
    await region.leave(alice, bob);
    await region.close();
  });
}

function byNumber(one: string, other: string): number {
  return Number(one.split(' ')[1]) - Number(other.split(' ')[1]);
}

test('who was at a station by a clock that is ahead is where the next login says', async () => {
  const region = await Region.of(BOTH);
  await region.during(sayWhere(region, 'Bob', 'Abbey', 'Borough', 20 * 60));
  await region.pass(10);
  await region.during(sayWhere(region, 'Bob', 'Abbey', 'Abbey'));
  await region.pass(10);
  const alice = await region.client('Alice', 'Abbey');
  await alice.send(TextContent.create('Hello'), person('Bob').id);
  await region.pass(30);
  deepStrictEqual([await region.waiting('Abbey'), await region.waiting('Borough')], [1, 0]);
  await region.leave(alice);
  await region.close();
});

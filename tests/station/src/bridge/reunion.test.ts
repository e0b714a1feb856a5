/** Stations that could not reach each other for a while: each hears at once who has logged in at the other one since. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { byForm } from 'network/form';
import { person, type TestClient } from '../world.ts';
import { Region } from './region.ts';

const BOTH = { Abbey: ['Borough'], Borough: ['Abbey'] };

/** Two stations, and whether they reach each other. */
async function regionApart(): Promise<{ region: Region; part: () => void; reunite: () => void }> {
  const region = await Region.of(BOTH);
  const part = (): void => {
    region.net.isRefused = (from, to) => from in BOTH && to in BOTH;
    region.net.cut('Abbey', 'Borough');
  };
  const reunite = (): void => {
    region.net.isRefused = () => false;
  };
  return { region, part, reunite };
}

async function say(client: TestClient, to: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await client.send(TextContent.create(text), person(to).id);
}

/** What happens while they are apart, besides. */
const MEANTIME: Readonly<Record<string, (region: Region) => Promise<void>>> = {
  'the connection was cut': async () => undefined,
  'the one that missed it was started anew': async (region) => {
    await region.stop('Abbey');
    await region.start('Abbey');
  },
  'it was away all the time': async () => undefined,
};

for (const [name, happen] of Object.entries(MEANTIME)) {
  test(`what waits goes at once to where its receiver is by now: ${name}`, async () => {
    const { region, part, reunite } = await regionApart();
    const store = new MemoryClientStore();
    let alice = await region.client('Alice', 'Abbey');
    await region.leave(await region.client('Bob', 'Abbey', store));
    const isAway = name.includes('away');
    if (isAway) {
      await region.leave(alice);
      await region.stop('Abbey');
    } else part();
    const bob = await region.client('Bob', 'Borough', store);
    if (isAway) await region.start('Abbey');
    if (isAway) alice = await region.client('Alice', 'Abbey');
    await say(alice, 'Bob', 'One', 'Two');
    await region.pass(10);
    await happen(region);
    reunite();
    // Bob's client says nothing by itself in this time.
    await region.pass(40);
    deepStrictEqual(await region.read(bob, 'Alice'), ['One', 'Two']);
    strictEqual(await region.waiting('Abbey'), 0);
    await region.leave(alice, bob);
    await region.close();
  });
}

test('who was told of all is not told again of what is long past', async () => {
  const { region, part, reunite } = await regionApart();
  const bob = await region.client('Bob', 'Borough');
  const bobs = (): number =>
    region.messages('Borough', 'Abbey').filter(({ sender }) => sender === person('Bob').id.toString()).length;
  await region.leave(bob);
  await region.pass(600);
  const before = bobs();
  ok(before > 0);
  for (let time = 0; time < 3; time += 1) {
    part();
    await region.pass(30);
    reunite();
    await region.pass(30);
  }
  strictEqual(bobs(), before);
  await region.close();
});

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

for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
  test(`who goes about while the stations lose each other reads all soon after (DIM_SEED=${seed})`, async () => {
    const chance = random(seed);
    const { region, part, reunite } = await regionApart();
    const store = new MemoryClientStore();
    const alice = await region.client('Alice', 'Abbey');
    await region.leave(await region.client('Bob', 'Abbey', store));
    const expected: string[] = [];
    let bob: TestClient | undefined;
    for (let step = 0; step < 12; step += 1) {
      const fate = chance();
      if (fate < 0.35) {
        const text = `Message ${expected.length}`;
        expected.push(text);
        await say(alice, 'Bob', text);
      } else if (fate < 0.6) {
        if (bob !== undefined) await region.leave(bob);
        bob = await region.client('Bob', chance() < 0.5 ? 'Abbey' : 'Borough', store);
      } else if (fate < 0.8) part();
      else if (fate < 0.9) reunite();
      else {
        const name = chance() < 0.5 ? 'Abbey' : 'Borough';
        await region.stop(name);
        await region.start(name);
      }
      await region.pass(chance() * 6);
    }
    bob ??= await region.client('Bob', 'Borough', store);
    reunite();
    await region.pass(60);
    deepStrictEqual([...(await region.read(bob, 'Alice'))].sort(byNumber), expected);
    await region.leave(alice, bob);
    await region.close();
  });
}

function byNumber(one: string, other: string): number {
  return Number(one.split(' ')[1]) - Number(other.split(' ')[1]);
}

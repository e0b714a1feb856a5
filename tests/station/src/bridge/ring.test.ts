/** What is for all stations goes to each of them, and no further. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { person } from '../world.ts';
import { Region, type Plan } from './region.ts';

const ALL = ['Abbey', 'Borough', 'Castle'];
const PLANS: Readonly<Record<string, Plan>> = {
  'two that connect to each other': { Abbey: ['Borough'], Borough: ['Abbey'] },
  'three in a ring': { Abbey: ['Borough', 'Castle'], Borough: ['Abbey', 'Castle'], Castle: ['Abbey', 'Borough'] },
  'three in a row': { Abbey: ['Borough'], Borough: ['Abbey', 'Castle'], Castle: ['Borough'] },
};

for (const [name, plan] of Object.entries(PLANS)) {
  test(`a login goes around once: ${name}`, async () => {
    const region = await Region.of(plan);
    const alice = await region.client('Alice', 'Abbey');
    await region.pass(100);
    const id = person('Alice').id.toString();
    const logins = (from: string, to: string): number =>
      region.messages(from, to).filter(({ sender, receiver }) => sender === id && receiver === 'everyone@everywhere')
        .length;
    let sum = 0;
    for (const from of ALL)
      for (const to of ALL) {
        const count = logins(from, to);
        // One that was not known may come again in the answer to a question, which is another message.
        strictEqual(count <= 1, true, `${from} has sent ${count} to ${to}`);
        sum += count;
      }
    strictEqual(sum >= Object.keys(plan).length - 1, true);
    // Nothing is said any more until the next login.
    const before = region.net.sent.length;
    await region.pass(60);
    strictEqual(region.net.sent.length, before);
    await region.leave(alice);
    await region.close();
  });
}

test('texts between two of three in a ring', async () => {
  const region = await Region.of(PLANS['three in a ring'] ?? {});
  const alice = await region.client('Alice', 'Abbey');
  const bob = await region.client('Bob', 'Castle');
  await alice.send(TextContent.create('One'), bob.self);
  await bob.send(TextContent.create('Two'), alice.self);
  await region.pass(60);
  deepStrictEqual([...(await region.read(alice, 'Bob'))].sort(), ['One', 'Two']);
  deepStrictEqual([...(await region.read(bob, 'Alice'))].sort(), ['One', 'Two']);
  await region.leave(alice, bob);
  await region.close();
});

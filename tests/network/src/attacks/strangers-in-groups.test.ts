/** Found by attack: contents for modules of an application, in the name of a group that their sender is no member of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ID } from 'dimp';
import { clockOf, device, dim, network, person, type TestContent } from '../world.ts';
import { packed, pass } from './enemy.ts';

/** `ContentType.APPLICATION` and `ContentType.CUSTOMIZED`. */
const TYPES: readonly string[] = ['160', '204'];

function vote(type: string, group: ID, time: number): TestContent {
  const parts = { app: 'chat.app', mod: 'vote', act: 'yes', group: group.toString() };
  return dim.Content.parse({ type, sn: 7, time, ...parts });
}

test('what is for a module comes in the name of a group from its members alone', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await clockOf(net).advance(30);
  const { group } = await a.groups.found({ name: 'Friends', members: [bob.id] });
  await pass(net, 60);
  const heard: string[] = [];
  b.on('received', ({ content, sender, group: named }) => {
    if (TYPES.includes(content.type) && named?.equals(group) === true)
      heard.push(`${content.type} of ${sender.equals(alice.id) ? 'Alice' : 'another'}`);
  });
  for (const type of TYPES) {
    await net.inject(await packed(net, mallory, bob, vote(type, group, net.clock.now())), bob.id);
    await a.send(vote(type, group, net.clock.now()), group);
    await pass(net, 30);
  }
  assert.deepEqual(heard, ['160 of Alice', '204 of Alice']);
  await a.close();
  await b.close();
});

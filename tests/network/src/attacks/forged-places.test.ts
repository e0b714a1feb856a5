/** Found by attack: a message stands where its sender may not write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrayContent, TextContent } from 'dimp';
import { clockOf, device, network, person, texts, until } from '../world.ts';
import { packed } from './enemy.ts';

test('a stranger writes into no group by an array', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await clockOf(net).advance(30);
  const { group } = await a.groups.found({ name: 'Friends', members: [bob.id] });
  await until(net, async () => (await b.groups.state(group))?.hasMembers === true, 'Bob knows the group');
  const inGroup = TextContent.create('I am one of you', { group });
  await net.inject(await packed(net, mallory, bob, ArrayContent.create([inGroup])), bob.id);
  await clockOf(net).advance(30);
  assert.deepEqual(await texts(b, { id: group }), []);
  await net.inject(
    await packed(net, mallory, bob, ArrayContent.create([TextContent.create('nor so')], { group })),
    bob.id,
  );
  await clockOf(net).advance(30);
  assert.deepEqual(await texts(b, { id: group }), []);
  await a.close();
  await b.close();
});

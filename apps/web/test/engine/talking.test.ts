/** Two people who make themselves known, and talk. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dim } from '../../src/engine/dim.ts';
import { createWorld } from './world.ts';

test('a text goes from one to the other, and comes back as delivered', { timeout: 60_000 }, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const [a, b] = [await alice.id(), await bob.id()];
  await bob.ask('addContact', { text: (await alice.me()).link, alias: 'Al' });
  await alice.ask('addContact', { text: b });

  const sent = await alice.say(b, 'Hello');
  assert.equal(sent.delivery?.state, 'queued');
  assert.deepEqual(sent.says, { is: 'text', text: 'Hello' });

  const came = await bob.untilText(a, 'Hello');
  assert.equal(came.sender.name, 'Al');
  assert.equal(came.sender.nameFrom, 'alias');
  assert.equal(came.sender.chosenName, 'Alice');
  assert.equal(came.wasEncrypted, true);
  const [conversation] = await bob.ask('conversations');
  assert.deepEqual([conversation?.unread, conversation?.isRequest], [1, false]);

  await alice.until(async () => (await alice.ask('message', { key: sent.key }))?.delivery?.state === 'delivered');
  const answer = await bob.ask('send', { conversation: a, text: 'Hi', quote: came.key, token: 'one' });
  const back = await alice.untilText(b, 'Hi');
  assert.deepEqual(
    { ...back.quote, sender: back.quote?.sender.name },
    { sender: 'Alice', text: 'Hello', key: sent.key },
  );
  assert.equal(answer.quote?.text, 'Hello');
  assert.equal(back.sender.name, 'Bob');
  assert.equal(back.sender.nameFrom, 'peer');
  await world.end();
});

test(
  'a text for somebody whom the station does not know says so, until they have been there',
  { timeout: 60_000 },
  async () => {
    const world = await createWorld();
    const alice = await world.person('Alice');
    const bob = await dim.createUser({ name: 'Bob' });
    const id = bob.id.toString();
    await alice.ask('addContact', { text: id });
    const { key } = await alice.say(id, 'Hello');
    const delivery = async () => (await alice.ask('message', { key }))?.delivery;
    await alice.until(async () => (await delivery())?.waitsForReceiver);
    assert.equal((await delivery())?.state, 'queued');
    await dim.addContact(world.network.store, bob);
    await alice.until(async () => (await delivery())?.state === 'sent');
    assert.equal((await delivery())?.waitsForReceiver, false);
    await world.end();
  },
);

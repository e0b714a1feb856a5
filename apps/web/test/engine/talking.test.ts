/** Two people who make themselves known, and talk. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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

/** Several devices of one person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { clockOf, device, network, person, texts, until } from '../world.ts';

test('what one device sends appears on the other, and both read what comes', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice', ['phone', 'desk']), await person('Bob')];
  const phone = await device(net, alice, { terminal: 'phone' });
  const desk = await device(net, alice, { terminal: 'desk' });
  const b = await device(net, bob);
  await clockOf(net).advance(30);
  await phone.send(TextContent.create('from my phone'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'Bob reads it');
  await b.send(TextContent.create('hello both'), alice.id);
  await desk.send(TextContent.create('from my desk'), bob.id);
  const all = ['from my phone', 'from my desk', 'hello both'].sort();
  for (const [name, client] of Object.entries({ phone, desk, b })) {
    const other = client === b ? alice : bob;
    await until(net, async () => (await texts(client, other)).length === 3, `all on ${name}`);
    assert.deepEqual([...(await texts(client, other))].sort(), all);
  }
  const onDesk = await desk.conversations.messages(bob.id);
  assert.deepEqual(onDesk.filter(({ isOwn }) => isOwn).length, 2);
  assert.equal(await desk.conversations.unread(bob.id), 1);
  for (const client of [phone, desk, b]) await client.close();
});

/** People who talk through a station: at once, later, and after it was started again. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { heard, online, person, texts, until, World } from '../world.ts';

test('two people talk, and each is told that it was delivered', async () => {
  const world = await new World().start();
  const alice = await world.device('Alice');
  const bob = await world.device('Bob');
  await Promise.all([online(alice), online(bob)]);
  const hasHeard = heard(bob, 3);
  for (const text of ['One', 'Two', 'Three']) {
    const delivery = await alice.send(TextContent.create(text), bob.self);
    await delivery.until('delivered');
  }
  await hasHeard;
  deepStrictEqual(await texts(bob, person('Alice')), ['One', 'Two', 'Three']);
  // What is acknowledged is not kept.
  await until(async () => (await world.engine.mailbox.total()).messages === 0);
  await Promise.all([alice.close(), bob.close()]);
  await world.stop();
});

test('what was sent to somebody who is away waits, in order, over a restart of the station', async () => {
  const world = await new World().start();
  const store = new MemoryClientStore();
  const known = await world.device('Bob', { store });
  await online(known);
  await known.close();
  const alice = await world.device('Alice');
  await online(alice);
  const sent = Array.from({ length: 100 }, (_, index) => `Message ${index}`);
  for (const text of sent) {
    const delivery = await alice.send(TextContent.create(text), person('Bob').id);
    await delivery.until('sent');
  }
  strictEqual((await world.engine.mailbox.total()).messages, 100);
  await world.stop();
  await world.start();
  const bob = await world.device('Bob', { store });
  await heard(bob, 100);
  deepStrictEqual(await texts(bob, person('Alice')), sent);
  await Promise.all([alice.close(), bob.close()]);
  await world.stop();
});

test('two devices of one person both get what is for both', async () => {
  const world = await new World().start();
  const user = await world.withDevices('Carol', ['phone', 'desk']);
  const phone = await world.device('Carol', { user: user.phone, self: user.phone.id.at('phone') });
  const desk = await world.device('Carol', { user: user.desk, self: user.desk.id.at('desk') });
  const alice = await world.device('Alice');
  await Promise.all([online(phone), online(desk), online(alice)]);
  const both = Promise.all([heard(phone, 1), heard(desk, 1)]);
  await alice.send(TextContent.create('To both'), person('Carol').id);
  await both;
  deepStrictEqual(await texts(phone, person('Alice')), ['To both']);
  deepStrictEqual(await texts(desk, person('Alice')), ['To both']);
  await Promise.all([alice.close(), phone.close(), desk.close()]);
  await world.stop();
});

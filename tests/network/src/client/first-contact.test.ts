/** First contact: the first message of somebody who is not known is kept, and read as soon as it can be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore, TextContent } from 'dimp';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';

test('two strangers write to each other at the same time', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await Promise.all([
    a.send(TextContent.create('Hello Bob'), bob.id),
    b.send(TextContent.create('Hello Alice'), alice.id),
  ]);
  await until(net, async () => (await texts(a, bob)).length === 2 && (await texts(b, alice)).length === 2, 'both read');
  await a.close();
  await b.close();
});

test('a message to somebody whom nobody knows goes out when that one comes', async () => {
  const net = await network({ seed: 2 });
  const [alice, carol] = [await person('Alice'), await person('Carol')];
  const a = await device(net, alice);
  const first = await a.send(TextContent.create('1'), carol.id);
  await clockOf(net).advance(7200);
  await a.send(TextContent.create('2'), carol.id);
  assert.equal(first.state, 'queued');
  const c = await device(net, carol);
  await until(net, async () => (await texts(c, alice)).length === 2, 'Carol reads both');
  assert.deepEqual(await texts(c, alice), ['1', '2']);
  await first.until('delivered');
  await a.close();
  await c.close();
});

test('messages of a stranger without meta wait for it, and are read in order', async () => {
  const net = await network({ seed: 3 });
  const [alice, dave] = [await person('Alice'), await person('Dave')];
  const a = await device(net, alice);
  await clockOf(net).advance(10);
  const store = new MemoryStore();
  await dim.addUser(store, dave);
  await dim.addContact(store, alice);
  const messenger = dim.messenger({ self: dave.id, store });
  for (const text of ['1', '2', '3'])
    await net.inject(await messenger.pack(TextContent.create(text), alice.id), alice.id);
  await clockOf(net).advance(10);
  assert.deepEqual(await texts(a, dave), [], 'nobody has told who Dave is');
  // The fourth one says so.
  await net.inject(await messenger.pack(TextContent.create('4'), alice.id, { introduce: true }), alice.id);
  await until(net, async () => (await texts(a, dave)).length === 4, 'all are read');
  assert.deepEqual(await texts(a, dave), ['1', '2', '3', '4']);
  await a.close();
});

test('messages of a stranger are read when the station tells who that is, also after a restart', async () => {
  const net = await network({ seed: 4 });
  const [alice, dave] = [await person('Alice'), await person('Dave')];
  const { MemoryClientStore } = await import('dimsdk');
  const kept = new MemoryClientStore();
  const a = await device(net, alice, { store: kept });
  await clockOf(net).advance(10);
  const store = new MemoryStore();
  await dim.addUser(store, dave);
  await dim.addContact(store, alice);
  const messenger = dim.messenger({ self: dave.id, store });
  await net.inject(await messenger.pack(TextContent.create('1'), alice.id), alice.id);
  await clockOf(net).advance(10);
  await a.close();
  await dim.addContact(net.store, dave);
  const again = await device(net, alice, { store: kept });
  await until(net, async () => (await texts(again, dave)).length === 1, 'it is read');
  await again.close();
});

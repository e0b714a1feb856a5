/** What one message, one handler or one reader does wrong holds up nothing else, and each promise settles. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent } from 'dimp';
import { MemoryClientStore, type HandlerDefinition } from 'dimsdk';
import { through } from '../through.ts';
import { clockOf, device, network, person, texts, until } from '../world.ts';
import { packed } from './enemy.ts';

test('what a connection cannot carry fails, and what stands behind it goes out', async () => {
  const net = await network({ seed: 21 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const transport = through(net.transport, async (connection, bytes) => {
    if (bytes.length > 20_000) throw new DimError('USAGE_ARGUMENT', 'has more than 20000 bytes');
    await connection.send(bytes);
  });
  const a = await device(net, alice, { transport });
  const b = await device(net, bob);
  const large = await a.send(TextContent.create('x'.repeat(30_000)), bob.id);
  const behind = await a.send(TextContent.create('behind it'), bob.id);
  await until(net, async () => behind.state === 'delivered', 'the next one arrived');
  assert.equal(large.state, 'failed');
  assert.equal(large.error?.code, 'USAGE_ARGUMENT');
  assert.deepEqual(await texts(b, alice), ['behind it']);
  await a.close();
  await b.close();
});

test('a connection whose send fails without an end is left, and another one is made', async () => {
  const net = await network({ seed: 22 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let faults = 1;
  const faulty = through(net.transport, async (connection, bytes) => {
    if (a?.connection.is === 'online' && faults-- > 0) throw new DimError('INTERNAL_PLATFORM', 'not now');
    await connection.send(bytes);
  });
  const a = await device(net, alice, { transport: faulty });
  const b = await device(net, bob);
  const delivery = await a.send(TextContent.create('after all'), bob.id);
  await until(net, async () => delivery.state === 'delivered', 'it arrived');
  assert.ok(faults < 1);
  await a.close();
  await b.close();
});

for (const isExclusive of [true, false])
  for (const nothing of [null, undefined])
    test(`a handler may give ${nothing} (${isExclusive ? 'inside' : 'after'} the commit)`, async () => {
      const net = await network({ seed: 23 });
      const [alice, bob] = [await person('Alice'), await person('Bob')];
      const handler = { defines: 'handler', kind: 'text', isExclusive, handle: () => nothing } as HandlerDefinition;
      const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [handler] })];
      const told: string[] = [];
      b.on('received', 'text', ({ content }) => void told.push(content.text));
      for (const text of ['1', '2']) await a.send(TextContent.create(text), bob.id);
      await until(net, async () => (await texts(b, alice)).length === 2, 'both came');
      for (let step = 0; step < 12; step++) await clockOf(net).advance(5);
      assert.deepEqual(told, ['1', '2']);
      await a.close();
      await b.close();
    });

test('a reader of states that took its time hears of the end', async () => {
  const net = await network({ seed: 24 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const a = await device(net, alice);
  const b = await device(net, bob);
  await until(net, async () => b.connection.is === 'online', 'the station knows Bob');
  await b.close();
  const delivery = await a.send(TextContent.create('nobody answers'), bob.id);
  await until(net, async () => delivery.state === 'sent', 'it went out');
  const states = delivery[Symbol.asyncIterator]();
  assert.deepEqual(await states.next(), { done: false, value: 'sent' });
  await a.goOffline();
  for (let day = 0; day < 31; day++) for (let hour = 0; hour < 24; hour++) await clockOf(net).advance(3600);
  assert.deepEqual(await states.next(), { done: true, value: undefined });
  await a.close();
});

test('what is under way is not taken back, and what is not is', async () => {
  const net = await network({ seed: 25 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await (await a.send(TextContent.create('first'), bob.id)).until('sent').catch(() => undefined);
  net.faults = { delay: [2, 2] };
  const delivery = await a.send(TextContent.create('oops'), bob.id);
  await clockOf(net).advance(0.5);
  assert.equal(await delivery.cancel(), false);
  await until(net, async () => delivery.state === 'delivered', 'it arrived');
  await a.goOffline();
  const other = await a.send(TextContent.create('never mind'), bob.id);
  assert.equal(await other.cancel(), true);
  a.goOnline();
  for (let step = 0; step < 60; step++) await clockOf(net).advance(1);
  assert.deepEqual(await texts(b, alice), ['first', 'oops']);
  await a.close();
  await b.close();
});

test('what came too early is not looked at with each message of its sender', async () => {
  const net = await network({ seed: 26 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  let looks = 0;
  const rows = store.rows.bind(store);
  store.rows = (table, partition, range) => {
    if (table === 'waiting') looks++;
    return rows(table, partition, range);
  };
  const [a, b] = [await device(net, alice), await device(net, bob, { store })];
  await a.send(TextContent.create('now'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'it came');
  const time = clockOf(net).now() + 20 * 24 * 3600;
  for (let index = 0; index < 5; index++)
    await net.inject(await packed(net, alice, bob, TextContent.create(`early ${index}`, { time }), { time }), bob.id);
  await until(net, async () => store.count('waiting', alice.id.entityKey) === 5, 'they wait');
  const before = looks;
  for (let index = 0; index < 20; index++) {
    await a.send(TextContent.create(`t${index}`), bob.id);
    await clockOf(net).advance(0.5);
  }
  await until(net, async () => (await texts(b, alice)).length === 21, 'the others came');
  assert.ok(looks - before <= 3, `looked ${looks - before} times`);
  await a.close();
  await b.close();
});

/** What goes out again, when, and what becomes of a delivery whose receipts are late. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent } from 'dimp';
import { MemoryClientStore, type Clock, type Transport } from 'dimsdk';
import { through } from '../through.ts';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';

test('what a station has lost goes out again through the same connection, behind what was sent since', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'they know each other');
  net.faults = { loseRate: 1 };
  const lost = await a.send(TextContent.create('1'), bob.id);
  await clockOf(net).until(lost.until('sent'));
  net.faults = {};
  const connections: string[] = [];
  a.on('connection', ({ is }) => connections.push(is));
  await a.send(TextContent.create('2'), bob.id);
  await clockOf(net).advance(40 * 60);
  assert.equal(lost.state, 'delivered');
  assert.deepEqual(connections, []);
  assert.deepEqual([...(await texts(b, alice))].sort(), ['0', '1', '2']);
  await a.close();
  await b.close();
});

test('what a station has said nothing of goes out again after a new connection, once a minute has passed', async () => {
  const net = await network({ seed: 7 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'they know each other');
  net.faults = { loseRate: 1 };
  const lost = await a.send(TextContent.create('1'), bob.id);
  await clockOf(net).until(lost.until('sent'));
  net.faults = {};
  // Within the minute it may be on its way.
  await net.cut(alice.id);
  await clockOf(net).advance(30);
  await net.cut(alice.id);
  await clockOf(net).advance(20);
  assert.equal(lost.state, 'sent');
  await clockOf(net).advance(60);
  assert.equal(lost.state, 'sent');
  await net.cut(alice.id);
  await clockOf(net).until(lost.until('delivered'));
  assert.deepEqual(await texts(b, alice), ['0', '1']);
  await a.close();
  await b.close();
});

test('where the clock was set back while a device was off, nothing waits for it to catch up', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let ahead = 120;
  const clock: Clock = {
    now: () => net.clock.now() + ahead,
    wait: async (seconds, signal) => net.clock.wait(seconds, signal),
  };
  const stores = { alice: new MemoryClientStore(), bob: new MemoryClientStore() };
  const heard: string[] = [];
  const b = await device(net, bob, { store: stores.bob });
  b.on('received', 'text', ({ content }) => heard.push(content.text));
  let a = await device(net, alice, { store: stores.alice, clock });
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => heard.length === 1, 'they know each other');
  net.offline();
  for (const text of ['1', '2']) await a.send(TextContent.create(text), bob.id);
  await a.close();
  ahead = 0;
  a = await device(net, alice, { store: stores.alice, clock });
  for (const text of ['3', '4']) await a.send(TextContent.create(text), bob.id);
  net.online();
  a.goOnline();
  b.goOnline();
  await clockOf(net).advance(20);
  await a.send(TextContent.create('5'), bob.id);
  await clockOf(net).advance(20);
  assert.deepEqual(heard, ['0', '1', '2', '3', '4', '5']);
  await a.close();
  await b.close();
});

test('a delivery of which the station never says anything is delivered when its receiver says so', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'they know each other');
  await b.goOffline();
  // What the station says of it is lost with the connection; and of what comes again, stations say nothing.
  net.faults = { cutRate: 1, cutAt: ['before-delivery'] };
  const delivery = await a.send(TextContent.create('1'), bob.id);
  await until(net, async () => net.kept(bob.id).length === 1, 'the station has it');
  net.faults = {};
  for (let time = 0; time < 12; time++) {
    await clockOf(net).advance(200);
    await net.cut(alice.id);
  }
  assert.equal(delivery.state, 'sent');
  b.goOnline();
  await until(net, async () => (await texts(b, alice)).length === 2, 'Bob reads it');
  await clockOf(net).advance(60);
  assert.equal(delivery.state, 'delivered');
  await a.close();
  await b.close();
});

test('a station that takes nothing for a while makes no delivery fail', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let isBroken = true;
  // It lets clients in, and ends each connection over which it is sent something for somebody.
  const transport = through(net.transport, async (connection, bytes) => {
    if (!isBroken || !dim.ReliableMessage.decode(bytes).receiver.equals(bob.id)) return connection.send(bytes);
    await connection.close();
    throw new DimError('CONNECTION_LOST', 'the connection was lost');
  });
  const [a, b] = [await device(net, alice, { transport }), await device(net, bob)];
  const deliveries = [];
  for (const text of ['1', '2', '3']) deliveries.push(await a.send(TextContent.create(text), bob.id));
  await clockOf(net).advance(3600);
  assert.deepEqual(
    deliveries.map(({ state }) => state),
    ['queued', 'queued', 'queued'],
  );
  isBroken = false;
  await until(net, async () => (await texts(b, alice)).length === 3, 'Bob reads them');
  await clockOf(net).until(Promise.all(deliveries.map(async (delivery) => delivery.until('delivered'))));
  await a.close();
  await b.close();
});

test('a connection that ends before its parcel has failed is counted: after some, the client rests', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let isCut = false;
  let connections = 0;
  const cutting = through(net.transport, async (connection, bytes) => {
    if (isCut && dim.ReliableMessage.decode(bytes).receiver.equals(bob.id)) await net.cut(alice.id);
    await connection.send(bytes);
  });
  const transport: Transport = {
    connect: async (address, options) => {
      connections++;
      return cutting.connect(address, options);
    },
  };
  const [a, b] = [await device(net, alice, { transport }), await device(net, bob)];
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'they know each other');
  await clockOf(net).advance(60);
  isCut = true;
  connections = 0;
  const delivery = await a.send(TextContent.create('1'), bob.id);
  for (let time = 0; time < 200; time += 2) await clockOf(net).advance(2);
  assert.ok(connections <= 12, `${connections} connections for one parcel`);
  assert.equal(delivery.state, 'queued');
  isCut = false;
  await clockOf(net).until(delivery.until('delivered'));
  await a.close();
  await b.close();
});

test('where the clock is set back while a client rests, the rest is no longer for that', async () => {
  const net = await network({ seed: 6 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let ahead = 24 * 3600;
  const clock: Clock = {
    now: () => net.clock.now() + ahead,
    wait: async (seconds, signal) => net.clock.wait(seconds, signal),
  };
  let losses = 0;
  let isBroken = true;
  const transport = through(net.transport, async (connection, bytes) => {
    if (!isBroken || !dim.ReliableMessage.decode(bytes).receiver.equals(bob.id)) return connection.send(bytes);
    losses++;
    await connection.close();
    throw new DimError('CONNECTION_LOST', 'the connection was lost');
  });
  const [a, b] = [await device(net, alice, { transport, clock }), await device(net, bob)];
  const delivery = await a.send(TextContent.create('1'), bob.id);
  await until(net, async () => losses >= 9, 'it rests');
  ahead = 0;
  isBroken = false;
  for (let time = 0; time < 1200; time += 20) await clockOf(net).advance(20);
  assert.equal(delivery.state, 'delivered');
  await a.close();
  await b.close();
});

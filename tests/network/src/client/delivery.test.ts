/** Deliveries: what they say, when they say it, and what they know after a restart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERYONE, MemoryStore, ReceiptCommand, TextContent } from 'dimp';
import { encodeBase64, encodeUtf8 } from 'dimp/extend';
import { MemoryClientStore, type ClientStore, type DeliveryState } from 'dimsdk';
import { TestClock } from 'dimtestkit/network';
import { clockOf, device, dim, inOrder, network, person, texts, until } from '../world.ts';

test('a delivery tells its states in order, as an iterable and as events', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const told: string[] = [];
  a.on('delivery', (one) => told.push(one.state));
  const delivery = await a.send(TextContent.create('hello'), bob.id);
  const states: DeliveryState[] = [];
  const all = (async () => {
    for await (const state of delivery) states.push(state);
  })();
  await clockOf(net).until(all);
  assert.deepEqual(states, ['queued', 'sent', 'delivered']);
  assert.deepEqual(told, ['sent', 'delivered']);
  assert.deepEqual(delivery.counts, { recipients: 1, sent: 1, delivered: 1 });
  await a.close();
  await b.close();
});

test('what was queued without a network goes out later, and its delivery is found again after a restart', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const b = await device(net, bob);
  await clockOf(net).advance(5);
  net.offline();
  const before = await device(net, alice, { store });
  const { id } = await before.send(TextContent.create('hello'), bob.id);
  await clockOf(net).advance(3600);
  assert.equal((await before.delivery(id))?.state, 'queued');
  await before.close();
  const after = await device(net, alice, { store });
  assert.deepEqual(
    (await after.deliveries()).map((one) => [one.id, one.state, one.receiver.toString()]),
    [[id, 'queued', bob.id.toString()]],
  );
  net.online();
  const again = await after.delivery(id);
  assert.ok(again);
  await clockOf(net).until(again.until('delivered'));
  assert.deepEqual(await after.deliveries(), []);
  assert.equal((await after.delivery(id))?.state, 'delivered');
  assert.equal((await after.conversations.messages(bob.id))[0]?.delivery, id);
  await after.close();
  await b.close();
});

test('a broadcast is done when it is sent, and says that nobody will answer', async () => {
  const net = await network({ seed: 3 });
  const a = await device(net, await person('Alice'));
  const delivery = await a.send(TextContent.create('to all'), EVERYONE);
  await clockOf(net).until(delivery.until('sent'));
  await assert.rejects(delivery.until('delivered'), { code: 'DELIVERY_EXPIRED' });
  assert.deepEqual(await a.deliveries(), []);
  await a.close();
});

test('what has not gone out is taken back', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await clockOf(net).advance(5);
  const toCarol = await a.send(TextContent.create('where are you?'), carol.id);
  assert.equal(await toCarol.cancel(), true);
  assert.equal(toCarol.error?.code, 'DELIVERY_CANCELLED');
  const toBob = await a.send(TextContent.create('hi'), bob.id);
  await clockOf(net).until(toBob.until('delivered'));
  assert.equal(await toBob.cancel(), false);
  await a.close();
  await b.close();
});

test('what nobody took in 29 days has failed, also without a network', async () => {
  const net = await network({ seed: 11 });
  const [alice, carol] = [await person('Alice'), await person('Carol')];
  const store = new MemoryClientStore();
  const before = await device(net, alice, { store });
  const { id } = await before.send(TextContent.create('where are you?'), carol.id);
  await clockOf(net).advance(5);
  await before.close();
  net.offline();
  const clock = new TestClock({ start: net.clock.now() + 29 * 24 * 3600 });
  const after = await device(net, alice, { store, clock });
  const delivery = await after.delivery(id);
  assert.equal(delivery?.state, 'queued');
  await clock.advance(3600);
  assert.equal(delivery.error?.code, 'DELIVERY_EXPIRED');
  await assert.rejects(delivery.until('delivered'), { code: 'DELIVERY_EXPIRED' });
  assert.deepEqual(await after.deliveries(), []);
  await after.close();
});

for (const [name, seed, said] of [
  ['what a peer says of a full mailbox fails nothing', 12, ['Mailbox full.', 'Message not accepted.']],
  ['a receipt counts for who was written to, and for nobody else', 5, ['Message received.']],
] as const)
  test(name, async () => {
    const net = await network({ seed });
    const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
    const store = new MemoryClientStore();
    const a = await device(net, alice, { store });
    await dim.addContact(store, bob);
    const delivery = await a.send(TextContent.create('for Bob'), bob.id);
    await clockOf(net).until(delivery.until('sent'));
    const [kept] = net.kept(bob.id);
    assert.ok(kept);
    const { message } = kept;
    const origin = { envelope: message.envelope, signature: encodeBase64(message.signature) };
    const memory = new MemoryStore();
    await dim.addUser(memory, mallory);
    await dim.addContact(memory, alice);
    const messenger = dim.messenger({ self: mallory.id, store: memory });
    for (const text of said) {
      const forged = ReceiptCommand.create(text, { origin });
      await net.inject(await messenger.pack(forged, alice.id, { introduce: true }), alice.id);
    }
    await clockOf(net).advance(60);
    assert.equal(delivery.state, 'sent');
    assert.equal(delivery.error, undefined);
    const b = await device(net, bob);
    await clockOf(net).until(delivery.until('delivered'));
    await a.close();
    await b.close();
  });

test('what no reader would take is refused at once, and nothing is kept', async () => {
  const net = await network({ seed: 6 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const a = await device(net, alice);
  await assert.rejects(a.send('hello' as never, bob.id), { code: 'USAGE_ARGUMENT', path: 'content' });
  await assert.rejects(a.send(TextContent.create('x'), 'bob' as never), { code: 'USAGE_ARGUMENT', path: 'receiver' });
  const { id: group } = await dim.createGroup({ founder: bob, members: [alice.id], name: 'Other', seed: 'other' });
  await assert.rejects(
    a.send(
      TextContent.create('x', { group }),
      (await dim.createGroup({ founder: alice, members: [], name: 'G', seed: 'g' })).id,
    ),
    { path: 'content.group' },
  );
  assert.deepEqual(await a.deliveries(), []);
  assert.deepEqual(await texts(a, bob), []);
  await a.close();
});

test('a station that says nothing is left, and another one is tried', async () => {
  const [one, other] = [
    await network({ seed: 7, address: { host: 'one.test', port: 1 } }),
    await network({ seed: 8, address: { host: 'two.test', port: 2 } }),
  ];
  const alice = await person('Alice');
  const transport = {
    connect: async (...given: Parameters<typeof one.transport.connect>) =>
      (given[0].port === 1 ? one : other).transport.connect(...given),
  };
  one.offline();
  const states: string[] = [];
  const { clock } = other;
  const a = await device(other, alice, { transport, stations: [one.address, other.address], clock });
  a.on('connection', (state) => states.push(state.is));
  await until(other, async () => a.connection.is === 'online', 'it is online at the other one');
  assert.ok(states.includes('offline'));
  assert.ok(a.connection.is === 'online' && a.connection.address.port === 2);
  await a.close();
});

test('another station at a known address is not believed', async () => {
  const net = await network({ seed: 9 });
  const alice = await person('Alice');
  const store = new MemoryClientStore();
  const a = await device(net, alice, { store });
  await until(net, async () => a.connection.is === 'online', 'it is online');
  await a.close();
  const impostor = await dim.createUser({ name: 'Impostor', seed: 'impostor', type: 0x02 });
  const { createTestNetwork } = await import('dimtestkit/network');
  const forged = await createTestNetwork({ dim, seed: 10, station: impostor, clock: net.clock });
  const errors: unknown[] = [];
  const again = await device(net, alice, { store, transport: forged.transport });
  again.on(
    'connection',
    (state) => state.is === 'offline' && errors.push((state.error as { code?: string } | undefined)?.code),
  );
  await clockOf(net).advance(60);
  assert.notEqual(again.connection.is, 'online');
  assert.ok(errors.includes('CONNECTION_FAILED'), String(errors));
  assert.equal(encodeUtf8('x').length, 1);
  await again.close();
});

test('a delivery that goes on while it is read from the disk is as it is', async () => {
  const net = await network({ seed: 12 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const kept = new MemoryClientStore();
  const first = await device(net, alice, { store: kept });
  const { id } = await first.send(TextContent.create('hi'), bob.id);
  await clockOf(net).advance(5);
  await first.close();
  let goOn: () => void = () => undefined;
  let slow: Promise<void> | undefined;
  const store = new Proxy<ClientStore>(kept, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const result = (value as (...given: unknown[]) => unknown).apply(target, args);
        const wait = name === 'row' && args[0] === 'delivery' ? slow : undefined;
        slow = wait === undefined ? slow : undefined;
        await wait;
        return result;
      };
    },
  });
  const a = await device(net, alice, { store });
  slow = new Promise((resolve) => {
    goOn = resolve;
  });
  const reading = a.delivery(id);
  const b = await device(net, bob);
  await until(net, async () => kept.count('delivery', 'done') === 1, 'it is delivered');
  goOn();
  const delivery = await reading;
  assert.equal(delivery?.state, 'delivered');
  await delivery.until('delivered');
  await a.close();
  await b.close();
});

test('texts of one moment of the clock stand in the order in which they came', async () => {
  const net = await network({ seed: 7 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const time = clockOf(net).now();
  const sent = Array.from({ length: 12 }, (_, index) => `t${index}`);
  for (const text of sent) await a.send(TextContent.create(text, { time }), bob.id);
  await until(net, async () => (await texts(b, alice)).length === sent.length, 'all have come');
  assert.deepEqual(await texts(b, alice), sent);
  assert.deepEqual(await texts(a, bob), sent);
  const times = (await inOrder(b, alice)).map((message) => message.time);
  assert.ok((times.at(-1) ?? 0) - time < 0.001);
  await a.close();
  await b.close();
});

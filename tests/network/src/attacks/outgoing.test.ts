/** Found by attack: what is sent stands still, or is not what its delivery says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent, HandshakeCommand } from 'dimp';
import { MemoryClientStore, type Transport } from 'dimsdk';
import { encodeUtf8 } from 'dimp/extend';
import { TestClock } from 'dimtestkit/network';
import { through } from '../through.ts';
import { clockOf, device, dim, network, person, texts } from '../world.ts';
import { packed, pass } from './enemy.ts';

const DAY = 24 * 3600;

test('what was packed and could not go out in 29 days has failed', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const [a, b] = [await device(net, alice, { store }), await device(net, bob)];
  const first = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(first.until('delivered'));
  await b.close();
  net.offline();
  const { id } = await a.send(TextContent.create('too late'), bob.id);
  await a.close();
  const clock = new TestClock({ start: net.clock.now() + 29 * DAY });
  const after = await device(net, alice, { store, clock });
  const late = await after.delivery(id);
  assert.equal(late?.state, 'queued');
  await clock.advance(3600);
  assert.equal(late.error?.code, 'DELIVERY_EXPIRED');
  await after.close();
});

test('what a station lost goes out again though the connection lives', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const first = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(first.until('delivered'));
  net.faults = { loseRate: 1 };
  const lost = await a.send(TextContent.create('lost'), bob.id);
  await pass(net, 10);
  assert.equal(lost.state, 'sent');
  net.faults = {};
  await pass(net, 3600, 200);
  assert.equal(lost.state, 'delivered');
  await a.close();
  await b.close();
});

test('what is under way is not said to have gone out to nobody', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 3 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let isSlow = false;
  const transport = through(net.transport, async (connection, bytes) => {
    await connection.send(bytes);
    // The acknowledgement takes its time.
    if (isSlow) await net.clock.wait(60);
  });
  const [a, b] = [await device(net, alice, { transport }), await device(net, bob)];
  const first = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(first.until('delivered'));
  isSlow = true;
  await b.goOffline();
  const delivery = await a.send(TextContent.create('taken back'), bob.id);
  await pass(net, 5);
  const isTakenBack = await delivery.cancel();
  b.goOnline();
  await pass(net, 120);
  const came = (await texts(b, alice)).includes('taken back');
  assert.ok(!(isTakenBack && came), `taken back: ${isTakenBack}, came: ${came}, state: ${delivery.state}`);
  await a.close();
  await b.close();
});

test('a message that no station takes holds up only itself', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const transport = through(net.transport, async (connection, bytes) => {
    if (bytes.length < 50_000) return connection.send(bytes);
    // A frame that is too long ends the connection.
    await connection.close();
    throw new DimError('CONNECTION_LOST', 'the connection was lost');
  });
  const [a, b] = [await device(net, alice, { transport }), await device(net, bob)];
  const first = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(first.until('delivered'));
  await a.goOffline();
  await a.send(TextContent.create('x'.repeat(60_000)), bob.id);
  for (let index = 0; index < 5; index++) await a.send(TextContent.create(String(index)), bob.id);
  a.goOnline();
  await pass(net, 3600, 100);
  const came = (await texts(b, alice)).length;
  assert.equal(came, 6, `came: ${came}, connection ${a.connection.is}`);
  await a.close();
  await b.close();
});

test('what no station took in 29 days has failed, though others were put before it meanwhile', async () => {
  const net = await network({ seed: 6 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  let isRefused = false;
  const transport = through(net.transport, async (connection, bytes) => {
    if (!isRefused || !dim.ReliableMessage.decode(bytes).receiver.equals(bob.id)) return connection.send(bytes);
    await connection.close();
    throw new DimError('CONNECTION_LOST', 'the connection was lost');
  });
  const store = new MemoryClientStore();
  const [a, b] = [await device(net, alice, { transport, store }), await device(net, bob)];
  const first = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(first.until('delivered'));
  await a.goOffline();
  const { id } = await a.send(TextContent.create('too late'), bob.id);
  await a.close();
  isRefused = true;
  const start = net.clock.now();
  for (const days of [28, 30]) {
    const clock = new TestClock({ start: start + days * DAY });
    const later = await device(net, alice, { store, transport, clock });
    for (let time = 0; time < 80; time += 2) {
      await clock.advance(2);
      await clockOf(net).advance(2);
    }
    const delivery = await later.delivery(id);
    assert.equal(delivery?.state, days === 28 ? 'queued' : 'failed');
    assert.equal(delivery.error?.code, days === 28 ? undefined : 'DELIVERY_EXPIRED');
    await later.close();
  }
  await b.close();
});

test('nobody but a station ends a handshake, or becomes the station', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 5 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  // A station that hands over what it has before it has answered.
  let greeting: Uint8Array[] = [];
  const transport: Transport = {
    connect: async (address, options) => {
      const connection = await net.transport.connect(address, options);
      const early = greeting;
      return new Proxy(connection, {
        get: (target, name) => {
          if (name === 'incoming')
            return (async function* () {
              for (const bytes of early) yield { bytes, acknowledge: () => undefined };
              yield* target.incoming;
            })();
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
        },
      });
    },
  };
  greeting = [
    await packed(
      net,
      mallory,
      bob,
      dim.Content.parse({ ...HandshakeCommand.offer('x').fields, title: 'DIM!', message: 'DIM!' }),
    ),
  ];
  const store = new MemoryClientStore();
  const b = await device(net, bob, { store, transport });
  await pass(net, 5);
  const state = b.connection;
  const station = state.is === 'online' ? state.station.toString() : state.is;
  assert.equal(station, net.station.id.toString());
  await b.close();
});

test('strangers do not keep a client from finding whom its person writes to', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 6 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const a = await device(net, alice);
  await pass(net, 5);
  const b = await device(net, bob);
  await pass(net, 5);
  const one = dim.ReliableMessage.decode(
    await packed(net, mallory, bob, TextContent.create('x'), { introduce: false }),
  ).toMap();
  const flood = async (round: number): Promise<void> => {
    const lines: string[] = [];
    for (let index = 0; index < 1000; index++) {
      const hex = (round * 1000 + index).toString(16).padStart(40, '0');
      const address = `0x${hex}`;
      lines.push(JSON.stringify({ ...one, sender: `m@${checksum(address)}` }));
    }
    await net.inject(encodeUtf8(lines.join('\n')), bob.id);
  };
  for (let round = 0; round < 5; round++) {
    await flood(round);
    await pass(net, 2);
  }
  const delivery = await b.send(TextContent.create('hello'), alice.id);
  for (let round = 5; round < 9; round++) {
    await flood(round);
    await pass(net, 120);
  }
  assert.equal(delivery.state, 'delivered');
  await a.close();
  await b.close();
});

function checksum(address: string): string {
  // Digits have no case.
  return address.replaceAll(/[a-f]/g, '1');
}

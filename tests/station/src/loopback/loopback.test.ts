/** The same over the ports of this machine: MTP and WebSocket on one of them. */
import { deepStrictEqual, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { systemClock } from 'dimsdk';
import { tcpTransport, webSocketTransport } from 'dimsdk/node';
import { listen } from 'dimstation';
import { heard, online, person, texts, World } from '../world.ts';

test('one talks over TCP, the other over a WebSocket', async () => {
  const world = await new World().start();
  const listener = await listen({ accept: world.station.accept, host: '127.0.0.1', port: 0, clock: systemClock });
  const stations = [{ host: '127.0.0.1', port: listener.port, id: world.identity.id }];
  const alice = await world.device('Alice', { transport: tcpTransport(), stations });
  const bob = await world.device('Bob', { transport: webSocketTransport(), stations });
  await Promise.all([online(alice), online(bob)]);
  const count = 50;
  const [toBob, toAlice] = ['to Bob', 'to Alice'].map((to) => Array.from({ length: count }, (_, n) => `${n} ${to}`));
  const all = Promise.all([heard(alice, count), heard(bob, count)]);
  const deliveries = [];
  for (const text of toBob ?? []) deliveries.push(await alice.send(TextContent.create(text), bob.self));
  for (const text of toAlice ?? []) deliveries.push(await bob.send(TextContent.create(text), alice.self));
  await all;
  for (const delivery of deliveries) await delivery.until('delivered');
  deepStrictEqual(
    (await texts(bob, person('Alice'))).filter((text) => text.endsWith('Bob')),
    toBob,
  );
  deepStrictEqual(
    (await texts(alice, person('Bob'))).filter((text) => text.endsWith('Alice')),
    toAlice,
  );
  await Promise.all([alice.close(), bob.close()]);
  await listener.close({ graceSeconds: 1 });
  await world.stop();
});

test('a message that is larger than the station takes fails, and others go on', async () => {
  const world = await new World().start();
  const limits = { payloadBytes: 10_000 };
  const listener = await listen({
    accept: world.station.accept,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    limits,
  });
  const stations = [{ host: '127.0.0.1', port: listener.port, id: world.identity.id }];
  const alice = await world.device('Alice', { transport: tcpTransport(), stations });
  const bob = await world.device('Bob', { transport: webSocketTransport(), stations });
  await Promise.all([online(alice), online(bob)]);
  const large = await alice.send(TextContent.create('x'.repeat(20_000)), bob.self);
  const small = await alice.send(TextContent.create('small'), bob.self);
  await rejects(large.until('delivered'), /the station takes no more than 10000 bytes/);
  await small.until('delivered');
  await Promise.all([alice.close(), bob.close()]);
  await listener.close({ graceSeconds: 1 });
  await world.stop();
});

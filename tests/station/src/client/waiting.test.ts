/** Why something does not go out: no network, or nobody whom the station knows. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { heard, online, person, until, World, type TestClient } from '../world.ts';

test('who is not known to the station is told as what a message waits for, until they are there', async () => {
  const world = await new World().start();
  const alice = await world.device('Alice');
  await online(alice);
  const told: (string | undefined)[] = [];
  alice.on('delivery', async (delivery) => {
    told.push(await delivery.waitsFor());
  });
  const delivery = await alice.send(TextContent.create('Anybody?'), person('Bob').id);
  await until(async () => (await delivery.waitsFor()) === 'receiver');
  strictEqual(delivery.state, 'queued');
  await until(async () => told.length === 1);
  deepStrictEqual(told, ['receiver']);
  const bob = await world.device('Bob');
  const hasHeard = heard(bob, 1);
  await online(bob);
  await askAnew(alice);
  await hasHeard;
  await delivery.until('delivered');
  strictEqual(await delivery.waitsFor(), undefined);
  await Promise.all([alice.close(), bob.close()]);
  await world.stop();
});

test('without a network it is the network, and who is known to the station is no reason at all', async () => {
  const world = await new World().start();
  const bob = await world.device('Bob');
  await online(bob);
  const store = new MemoryClientStore();
  const alice = await world.device('Alice', { store });
  await online(alice);
  await alice.goOffline();
  const delivery = await alice.send(TextContent.create('Later'), person('Bob').id);
  const unknown = await alice.send(TextContent.create('Much later'), person('Carol').id);
  strictEqual(await delivery.waitsFor(), 'network');
  strictEqual(await unknown.waitsFor(), 'network');
  alice.goOnline();
  await delivery.until('delivered');
  await until(async () => (await unknown.waitsFor()) === 'receiver');
  // After a restart the station is asked anew.
  await alice.close();
  const again = await world.device('Alice', { store });
  const same = await again.delivery(unknown.id);
  await until(async () => (await same?.waitsFor()) === 'receiver');
  await Promise.all([again.close(), bob.close()]);
  await world.stop();
});

test('whoever was added before, and is not known to the station, is told of at once', async () => {
  const world = await new World().start();
  const alice = await world.device('Alice');
  await online(alice);
  await alice.addContact(person('Bob').id);
  const first = await alice.send(TextContent.create('Anybody?'), person('Bob').id);
  await until(async () => (await first.waitsFor()) === 'receiver');
  const second = await alice.send(TextContent.create('Still nobody?'), person('Bob').id);
  strictEqual(await second.waitsFor(), 'receiver');
  await alice.close();
  await world.stop();
});

test('of a group, one member whom the station does not know is the reason', async () => {
  const world = await new World().start();
  const bob = await world.device('Bob');
  const alice = await world.device('Alice');
  await Promise.all([online(bob), online(alice)]);
  const { group } = await alice.groups.found({ name: 'Three', members: [person('Bob').id, person('Carol').id] });
  const delivery = await alice.send(TextContent.create('Hello'), group);
  await until(async () => (await delivery.waitsFor()) === 'receiver');
  const carol = await world.device('Carol');
  await online(carol);
  await askAnew(alice);
  await delivery.until('sent');
  strictEqual(await delivery.waitsFor(), undefined);
  await Promise.all([alice.close(), bob.close(), carol.close()]);
  await world.stop();
});

/** In a new session, and not some seconds later. */
async function askAnew(client: TestClient): Promise<void> {
  await client.goOffline();
  client.goOnline();
  await online(client);
}

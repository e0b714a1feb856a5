/** When a client is closed, nothing of it goes on: the store and the process belong to whoever closed it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { DimError, TextContent } from 'dimp';
import { MemoryClientStore, type ClientStore, type Connection, type Transport } from 'dimsdk';
import { clockOf, device, network, person, until } from '../world.ts';

/** A store that takes its time, and knows of each call when it was. */
function slow(store: ClientStore): { readonly store: ClientStore; readonly calls: string[] } {
  const calls: string[] = [];
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        for (let turn = 0; turn < 3; turn++) await setImmediate();
        calls.push(String(name));
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { store: proxy, calls };
}

test('what was begun is done when close is done, and nothing is begun after it', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  for (let turns = 0; turns < 60; turns += 7) {
    const { store, calls } = slow(new MemoryClientStore());
    const [a, b] = [await device(net, alice), await device(net, bob, { store })];
    await clockOf(net).advance(5);
    await Promise.all([a.send(TextContent.create('1'), bob.id), b.send(TextContent.create('2'), alice.id)]);
    // At whatever moment.
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    await b.close();
    const before = calls.length;
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    assert.deepEqual(calls.slice(before), [], `closed after ${turns} turns`);
    await a.close();
  }
});

test('the connection is done with when close is done', async () => {
  const net = await network({ seed: 2 });
  const alice = await person('Alice');
  const open = new Set<Connection>();
  const transport: Transport = {
    connect: async (address, options) => {
      const connection = await net.transport.connect(address, options);
      open.add(connection);
      const { name, incoming, ended } = connection;
      return {
        name,
        incoming,
        ended,
        send: async (bytes) => connection.send(bytes),
        // As TCP does, which waits a moment for the other side.
        close: async () => {
          await connection.close();
          for (let turn = 0; turn < 10; turn++) await setImmediate();
          open.delete(connection);
        },
      };
    },
  };
  const a = await device(net, alice, { transport });
  await clockOf(net).advance(5);
  assert.equal(a.connection.is, 'online');
  await a.close();
  assert.equal(open.size, 0);
});

test('a store that cannot be read leaves no connection behind', async () => {
  const net = await network({ seed: 3 });
  const alice = await person('Alice');
  const kept = new MemoryClientStore();
  let isBroken = true;
  const store = new Proxy<ClientStore>(kept, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (isBroken && name === 'row' && args[0] === 'station')
          throw new DimError('STORE_FAILED', 'the disk is broken');
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  const a = await device(net, alice, { store });
  await clockOf(net).advance(60);
  assert.equal(a.connection.is, 'offline');
  assert.deepEqual(net.sessions, []);
  isBroken = false;
  await until(net, async () => a.connection.is === 'online', 'it is mended');
  assert.equal(net.sessions.length, 1);
  await a.close();
});

test('who waits for a delivery of a client that is closed is told so, and the next client goes on with it', async () => {
  const net = await network({ seed: 4 });
  const [alice, zoe] = [await person('Alice'), await person('Zoe')];
  const store = new MemoryClientStore();
  const a = await device(net, alice, { store });
  const delivery = await a.send(TextContent.create('to nobody yet'), zoe.id);
  const states: string[] = [];
  const reading = (async () => {
    for await (const state of delivery) states.push(state);
  })();
  const waiting = assert.rejects(delivery.until('delivered'), { code: 'USAGE_ARGUMENT', message: /closed/ });
  await clockOf(net).advance(1);
  await a.close();
  await Promise.all([reading, waiting]);
  assert.deepEqual(states, ['queued']);
  await assert.rejects(delivery.until('sent'), /closed/);
  const closed = { code: 'USAGE_ARGUMENT', message: /closed/ };
  await assert.rejects(a.send(TextContent.create('too late'), zoe.id), closed);
  await assert.rejects(a.changeContact(zoe.id, { isMuted: true }), closed);
  await assert.rejects(a.addContact(zoe.id), closed);
  assert.throws(() => a.goOnline(), closed);
  const [old] = await a.deliveries();
  assert.ok(old);
  await assert.rejects(old.until('sent'), /closed/);
  const next = await device(net, alice, { store });
  const z = await device(net, zoe);
  await until(net, async () => (await next.deliveries()).length === 0, 'it is delivered');
  assert.equal((await next.delivery(delivery.id))?.state, 'delivered');
  await next.close();
  await z.close();
});

test('a program that is about to end waits until all of it has gone out, that of groups too', async () => {
  const net = await network({ seed: 9 });
  const users = [await person('Alice'), await person('Bob')] as const;
  const [alice, bob] = users;
  const store = new MemoryClientStore();
  const b = await device(net, bob);
  await clockOf(net).advance(5);
  await b.close();
  const a = await device(net, alice, { store });
  await a.goOffline();
  await a.addContact(bob.id);
  const { group } = await a.groups.found({ name: 'Friends', members: [bob.id] });
  await a.send(TextContent.create('welcome'), group);
  const hasGone = a.flush();
  const early = await Promise.race([hasGone, clockOf(net).advance(20)]);
  assert.equal(early, undefined, 'nothing has gone out without a connection');
  const ending = new AbortController();
  const aborted = a.flush(ending.signal);
  ending.abort();
  assert.equal(await aborted, false);
  a.goOnline();
  await clockOf(net).until(hasGone);
  assert.equal(await hasGone, true);
  assert.equal(await a.flush(), true, 'nothing waits');
  await a.close();
  // All of it is at the station, although nobody but Bob is there any more.
  const again = await device(net, bob);
  await until(net, async () => (await again.groups.state(group))?.hasMembers === true, 'Bob knows the group');
  await again.close();
});

test('who waits for all to go out waits no longer than the client works', async () => {
  const net = await network({ seed: 10 });
  const a = await device(net, await person('Alice'));
  await a.goOffline();
  await a.send(TextContent.create('hello'), (await person('Bob')).id);
  const hasGone = a.flush();
  await a.close();
  assert.equal(await hasGone, false);
  await assert.rejects(a.flush(), { code: 'USAGE_ARGUMENT' });
});

/** What happens to a station: its disk is full, its clock jumps, connections are cut. */
import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent } from 'dimp';
import { systemClock, type Clock } from 'dimsdk';
import { createStation, memoryEngine, type Engine } from 'dimstation';
import { dim, heard, online, person, texts, until, World } from '../world.ts';

/** An engine that keeps nothing for as long as it is told to be full. */
function fillable(): { readonly engine: Engine; full: boolean; refused: number } {
  const engine = memoryEngine();
  const state = {
    full: false,
    refused: 0,
    engine: {
      ...engine,
      close: async () => engine.close(),
      mailbox: new Proxy(engine.mailbox, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return async (...args: unknown[]): Promise<unknown> => {
            if (name === 'append' && state.full) {
              state.refused += 1;
              throw new DimError('STORE_FULL', 'there is no room');
            }
            return (value as (...given: unknown[]) => unknown).apply(target, args);
          };
        },
      }),
    } as Engine,
  };
  return state;
}

test('on a full disk nothing is acknowledged, and everything arrives when there is room', async () => {
  const disk = fillable();
  const world = await new World({ engine: disk.engine }).start();
  const [alice, bob] = [await world.device('Alice'), await world.device('Bob')];
  await Promise.all([online(alice), online(bob)]);
  const first = await alice.send(TextContent.create('before'), bob.self);
  await first.until('delivered');
  disk.full = true;
  const deliveries = [];
  for (const text of ['1', '2', '3']) deliveries.push(await alice.send(TextContent.create(text), bob.self));
  await until(() => disk.refused >= 3);
  deepStrictEqual(
    deliveries.map(({ state }) => state),
    ['queued', 'queued', 'queued'],
  );
  disk.full = false;
  const hasHeard = heard(bob, 1);
  for (const delivery of deliveries) await delivery.until('delivered');
  await hasHeard;
  await until(async () => (await texts(bob, person('Alice'))).length === 4);
  deepStrictEqual(await texts(bob, person('Alice')), ['before', '1', '2', '3']);
  await Promise.all([alice.close(), bob.close()]);
  await world.stop();
});

test('a clock that jumps loses nothing, and keeps nothing for ever', async () => {
  let shift = 0;
  const clock: Clock = { now: () => systemClock.now() + shift, wait: async (...how) => systemClock.wait(...how) };
  const world = await new World({ clock }).start();
  const alice = await world.device('Alice');
  const bob = await world.device('Bob');
  await Promise.all([online(alice), online(bob)]);
  for (const jump of [0, 3 * 24 * 3600, -3 * 24 * 3600, -3600, 3600]) {
    shift = jump;
    const delivery = await alice.send(TextContent.create(`at ${jump}`), bob.self);
    await delivery.until('delivered');
  }
  await until(async () => (await texts(bob, person('Alice'))).length === 5);
  await until(async () => (await world.engine.mailbox.total()).messages === 0);
  await Promise.all([alice.close(), bob.close()]);
  await world.stop();
});

test('what a station had, and has lost with its disk, stays sent: what comes later arrives', async () => {
  let shift = 0;
  const clock: Clock = { now: () => systemClock.now() + shift, wait: async (...how) => systemClock.wait(...how) };
  const world = await new World().start();
  const alice = await world.device('Alice', { clock });
  await online(alice);
  let bob = await world.device('Bob');
  await online(bob);
  await (await alice.send(TextContent.create('before'), bob.self)).until('delivered');
  await bob.close();
  const stored = new Promise<void>((resolve) => {
    alice.on('received', 'receipt', ({ content }) => {
      if (content.text === 'Message cached.') resolve();
    });
  });
  const lost = await alice.send(TextContent.create('lost'), person('Bob').id);
  await stored;
  await world.stop();
  shift = 3600;
  const { identity } = world;
  const again = await createStation({ dim, identity, engine: memoryEngine(), clock });
  world.network.serve(again.accept);
  alice.goOnline();
  await online(alice);
  bob = await world.device('Bob', { clock });
  await online(bob);
  await (await alice.send(TextContent.create('after'), bob.self)).until('delivered');
  deepStrictEqual(await texts(bob, person('Alice')), ['after']);
  deepStrictEqual([lost.state, lost.counts], ['sent', { recipients: 1, sent: 1, delivered: 0 }]);
  await Promise.all([alice.close(), bob.close()]);
  await again.close();
});

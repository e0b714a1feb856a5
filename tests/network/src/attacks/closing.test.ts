/** Found by attack: a client that is closed while somebody is told. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { MemoryClientStore, defineHandler } from 'dimsdk';
import { device, network, person, type TestClient } from '../world.ts';
import { packed, pass } from './enemy.ts';

test('what a listener was not told of before the end is told after a restart', { timeout: 20_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const disk = new MemoryClientStore();
  const b = await device(net, bob, { store: disk.openAgain() });
  const heard: string[] = [];
  b.on('received', 'text', async () => {
    heard.push('one begins');
    await net.clock.wait(50);
    heard.push('one ends');
  });
  b.on('received', 'text', () => void heard.push('two'));
  await pass(net, 10);
  await net.inject(await packed(net, alice, bob, TextContent.create('bye')), bob.id);
  await pass(net, 10);
  assert.deepEqual(heard, ['one begins']);
  await b.close();
  await pass(net, 100);
  assert.deepEqual(heard, ['one begins', 'one ends'], 'nobody is told after the end');
  const again = await device(net, bob, { store: disk.openAgain() });
  again.on('received', 'text', () => void heard.push('after a restart'));
  await pass(net, 10);
  assert.deepEqual(heard.slice(2), ['after a restart']);
  await again.close();
});

test('what all were told of before the end is not told again', { timeout: 20_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const disk = new MemoryClientStore();
  const b = await device(net, bob, { store: disk.openAgain() });
  const heard: string[] = [];
  b.on('received', 'text', () => void heard.push('one'));
  b.on('received', 'text', async () => {
    heard.push('two');
    await b.close();
  });
  await pass(net, 10);
  await net.inject(await packed(net, alice, bob, TextContent.create('bye')), bob.id);
  await pass(net, 10);
  const again = await device(net, bob, { store: disk.openAgain() });
  again.on('received', 'text', () => void heard.push('again'));
  await pass(net, 10);
  assert.deepEqual(heard, ['one', 'two']);
  await again.close();
});

for (const isExclusive of [false, true])
  test(
    `a handler may close the client, and handles it again after a restart: isExclusive ${isExclusive}`,
    { timeout: 20_000 },
    async () => {
      const net = await network({ seed: 3 });
      const [alice, bob] = [await person('Alice'), await person('Bob')];
      // The network has the message until it is kept.
      const a = await device(net, alice);
      const disk = new MemoryClientStore();
      const steps: string[] = [];
      const clients: TestClient[] = [];
      const handler = defineHandler(
        'text',
        async () => {
          steps.push('handler');
          await clients[0]?.close();
          steps.push('closed');
          return undefined;
        },
        { isExclusive },
      );
      const b = await device(net, bob, { store: disk.openAgain(), handlers: [handler] });
      clients.push(b);
      b.on('received', 'text', () => void steps.push('listener'));
      await pass(net, 10);
      await a.send(TextContent.create('bye'), bob.id);
      await pass(net, 10);
      // Whatever it waits for, it is not time.
      for (let turn = 0; turn < 1000; turn++) await setImmediate();
      assert.deepEqual(steps, ['handler', 'closed']);
      const later = defineHandler('text', () => void steps.push('handler again'), { isExclusive });
      const again = await device(net, bob, { store: disk.openAgain(), handlers: [later] });
      again.on('received', 'text', () => void steps.push('listener again'));
      await pass(net, 60);
      assert.deepEqual(steps.slice(2), ['handler again', 'listener again']);
      await again.close();
      await a.close();
    },
  );

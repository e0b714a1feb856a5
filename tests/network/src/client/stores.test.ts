/** A store that cannot keep: nothing is acknowledged, nothing is lost, and the application hears of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { clockOf, device, failing, network, person, texts, until } from '../world.ts';

test('what comes while the disk is full comes again when there is room', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const { store, fail } = failing(new MemoryClientStore());
  const [a, b] = [await device(net, alice), await device(net, bob, { store })];
  await a.send(TextContent.create('0'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'the first one is read');
  const errors: unknown[] = [];
  b.on('connection', (state) => state.is === 'offline' && errors.push(state.error));
  fail(new DimError('STORE_FULL', 'there is no room'));
  for (const text of ['1', '2', '3']) await a.send(TextContent.create(text), bob.id);
  await clockOf(net).advance(300);
  assert.deepEqual(await texts(b, alice), ['0']);
  assert.ok(errors.some((error) => error instanceof DimError && error.code === 'STORE_FULL'));
  await assert.rejects(b.send(TextContent.create('x'), alice.id), { code: 'STORE_FULL' });
  fail(undefined);
  await until(net, async () => (await texts(b, alice)).length === 4, 'the others are read');
  assert.deepEqual(await texts(b, alice), ['0', '1', '2', '3']);
  assert.deepEqual(await b.deliveries(), []);
  await a.close();
  await b.close();
});

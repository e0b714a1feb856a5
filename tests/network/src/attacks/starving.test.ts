/** Found by attack: strangers without visas who ask something, so that what answers them has to wait. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore, MetaCommand, TextContent, verifyMeta } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { MemoryClientStore } from 'dimsdk';
import type { TestNetwork } from 'dimtestkit/network';
import { clockOf, device, dim, network, person } from '../world.ts';
import { pass } from './enemy.ts';

/** A question by somebody new whose key signs and does not encrypt, with its meta: one is made in a millisecond. */
async function question(net: TestNetwork, to: Parameters<typeof MetaCommand.query>[0]): Promise<Uint8Array> {
  const identity = await dim.PrivateKey.generate('ECC');
  const meta = await dim.Meta.generate({ type: 'ETH', privateKey: identity });
  const id = meta.id(0);
  const verified = await verifyMeta(meta, id);
  assert.ok(verified);
  const store = new MemoryStore();
  store.commit([
    { do: 'pin-meta', id, meta: verified, isProven: true },
    { do: 'keep-keys', id, keys: { identity, decrypt: [] } },
  ]);
  const messenger = dim.messenger({ self: id, store, clock: () => net.clock.now() });
  const anyone = dim.ID.parse('anyone@anywhere');
  const { message } = await messenger.packMessage(MetaCommand.query(to), anyone, { time: net.clock.now() });
  return encodeUtf8(JSON.stringify({ ...message.toMap(), meta: meta.fields }));
}

test('whom a person writes to is asked for at once, whatever strangers wait for', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 6 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const [a, b] = [await device(net, alice), await device(net, bob, { store })];
  await pass(net, 10);
  for (let index = 0; index < 300; index++) await net.inject(await question(net, bob.id), bob.id);
  await pass(net, 20);
  // Some wait, and it is bounded how many.
  const waiting = store.partitions('draft').length;
  assert.ok(waiting > 0 && waiting <= 256, `${waiting} receivers wait`);
  const start = net.clock.now();
  const delivery = await b.send(TextContent.create('hello'), alice.id);
  for (let turn = 0; turn < 60 && delivery.state !== 'delivered'; turn++) await clockOf(net).advance(1);
  assert.equal(delivery.state, 'delivered');
  assert.ok(net.clock.now() - start <= 30, `after ${net.clock.now() - start} s`);
  await a.close();
  await b.close();
});

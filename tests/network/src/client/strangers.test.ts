/** What strangers and enemies send. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore, TextContent, type User } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';

async function packedBy(from: User, to: User, text: string, options = {}): Promise<Uint8Array> {
  const store = new MemoryStore();
  await dim.addUser(store, from);
  await dim.addContact(store, to);
  return dim.messenger({ self: from.id, store }).pack(TextContent.create(text), to.id, options);
}

test('nonsense is refused, and what comes behind it is read', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const b = await device(net, bob);
  await clockOf(net).advance(5);
  const refused: unknown[] = [];
  b.on('refused', ({ error }) => refused.push(error.code));
  const good = await packedBy(alice, bob, 'good', { introduce: true });
  const forged = dim.ReliableMessage.decode(await packedBy(alice, bob, 'forged', { introduce: true })).toMap();
  const nonsense = ['', '\n\n', '{', '[]', 'null', '{"sender":1}', '\u0000'.repeat(1000), '{}'.repeat(1000), 'é'];
  for (const text of nonsense) await net.inject(encodeUtf8(text), bob.id);
  await net.inject(encodeUtf8(JSON.stringify({ ...forged, signature: 'AAAA' })), bob.id);
  await net.inject(good, bob.id);
  await net.inject(good, bob.id);
  await until(net, async () => (await texts(b, alice)).length > 0, 'the good one is read');
  assert.deepEqual(await texts(b, alice), ['good']);
  assert.equal(b.connection.is, 'online');
  assert.ok(refused.includes('CRYPTO_VERIFY'), String(refused));
  assert.ok(!refused.includes('INPUT_REPLAY'));
  await b.close();
});

test('nobody who is blocked is read or answered, and who is unblocked is read again', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  await b.changeContact(alice.id, { isBlocked: true });
  const first = await a.send(TextContent.create('are you there?'), bob.id);
  await clockOf(net).advance(600);
  assert.deepEqual(await texts(b, alice), []);
  assert.equal(first.state, 'sent');
  await b.changeContact(alice.id, { isBlocked: false });
  await a.send(TextContent.create('and now?'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'it is read');
  assert.deepEqual(await texts(b, alice), ['and now?']);
  await a.close();
  await b.close();
});

test('messages of strangers who cannot be known are bounded, and a contact is read all the same', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await clockOf(net).advance(5);
  const refused: unknown[] = [];
  b.on('refused', ({ error }) => refused.push(error.code));
  const one = dim.ReliableMessage.decode(await packedBy(mallory, bob, 'x')).toMap();
  for (let index = 0; index < 200; index++)
    await net.inject(
      encodeUtf8(JSON.stringify({ ...one, signature: Buffer.from(`${index}`.padStart(72)).toString('base64') })),
      bob.id,
    );
  await net.inject(await packedBy(alice, bob, 'hello', { introduce: true }), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'the contact is read');
  assert.equal(refused.filter((code) => code === 'INPUT_LIMIT').length, 200 - 64);
  await b.close();
});

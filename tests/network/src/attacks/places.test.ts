/** Found by attack: who leaves where messages wait, and who is told to have left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent, type ID, type User } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { MemoryClientStore } from 'dimsdk';
import type { TestNetwork } from 'dimtestkit/network';
import { device, dim, network, person, texts, type TestClient } from '../world.ts';
import { packed, pass } from './enemy.ts';

/** A stranger by a number. An address of digits has no case. */
function strangerId(number: number): string {
  return `m@0x${String(number).padStart(40, '1')}`;
}

/** Lines that nobody has signed, in the names of others. */
async function unsigned(
  net: TestNetwork,
  from: User,
  to: User,
  senders: readonly string[],
  data?: string,
): Promise<Uint8Array> {
  const bytes = await packed(net, from, to, TextContent.create('x'), { introduce: false });
  const one = { ...dim.ReliableMessage.decode(bytes).toMap(), ...(data !== undefined && { data }) };
  return encodeUtf8(senders.map((sender) => JSON.stringify({ ...one, sender })).join('\n'));
}

/** Who is told to have been refused. */
function refusals(client: TestClient): (ID | undefined)[] {
  const senders: (ID | undefined)[] = [];
  client.on('refused', ({ sender }) => void senders.push(sender));
  return senders;
}

test('of those that leave for newer ones, it is told whose they were', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 1 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const disk = new MemoryClientStore();
  const b = await device(net, bob, { store: disk });
  await pass(net, 10);
  const refused = refusals(b);
  for (let sent = 0; sent < 4100; sent += 1025) {
    const senders = Array.from({ length: 1025 }, (_, index) => strangerId(sent + index));
    await net.inject(await unsigned(net, mallory, bob, senders), bob.id);
    await pass(net, 2, 4);
  }
  const oldest = [0, 1, 2, 3].map(strangerId);
  assert.deepEqual(refused.map(String), oldest);
  await b.close();
});

test('more in one payload than may wait pushes out no contact', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await pass(net, 10);
  await b.addContact(alice.id);
  const waits = TextContent.create('from a contact');
  await net.inject(await packed(net, alice, bob, waits, { introduce: false }), bob.id);
  await pass(net, 2, 4);
  const senders = Array.from({ length: 4200 }, (_, index) => strangerId(index));
  await net.inject(await unsigned(net, mallory, bob, senders), bob.id);
  await pass(net, 10, 4);
  await net.inject(await packed(net, alice, bob, TextContent.create('second')), bob.id);
  await pass(net, 30);
  assert.deepEqual(await texts(b, alice), ['from a contact', 'second']);
  await b.close();
});

test('a few that are large do not push out all that waits', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 3 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const disk = new MemoryClientStore();
  const b = await device(net, bob, { store: disk });
  await pass(net, 10);
  const refused = refusals(b);
  // A stranger too: but an honest one.
  const waits = TextContent.create('from a stranger');
  await net.inject(await packed(net, alice, bob, waits, { introduce: false }), bob.id);
  await pass(net, 2, 4);
  for (const number of [1, 2, 3]) {
    const data = 'A'.repeat(24 * 1024 * 1024);
    await net.inject(await unsigned(net, mallory, bob, [strangerId(number)], data), bob.id);
    await pass(net, 60);
  }
  assert.deepEqual(refused.map(String), [1, 2, 3].map(strangerId));
  await net.inject(await packed(net, alice, bob, TextContent.create('second')), bob.id);
  await pass(net, 30);
  assert.deepEqual(await texts(b, alice), ['from a stranger', 'second']);
  await b.close();
});

for (const count of [64, 600])
  test(`${count} in the name of a contact leave room for a true one`, { timeout: 60_000 }, async () => {
    const net = await network({ seed: 4 });
    const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
    const b = await device(net, bob);
    await pass(net, 10);
    await b.addContact(alice.id);
    const refused = refusals(b);
    const names = Array.from({ length: count }, () => alice.id.toString());
    await net.inject(await unsigned(net, mallory, bob, names), bob.id);
    await pass(net, 5);
    const told = refused.length;
    assert.equal(told, Math.max(0, count - 512), 'of too many the oldest are told');
    await net.inject(await packed(net, alice, bob, TextContent.create('true'), { introduce: false }), bob.id);
    await pass(net, 5);
    // Some hundred more do not push it out.
    await net.inject(await unsigned(net, mallory, bob, names.slice(0, 400)), bob.id);
    await pass(net, 5);
    await net.inject(await packed(net, alice, bob, TextContent.create('second')), bob.id);
    await pass(net, 30);
    assert.deepEqual(await texts(b, alice), ['true', 'second']);
    await b.close();
  });

test('what a stranger sends last is what waits', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 5 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await pass(net, 10);
  const junk = Array.from({ length: 64 }, () => alice.id.toString());
  await net.inject(await unsigned(net, mallory, bob, junk), bob.id);
  await pass(net, 5);
  await net.inject(await packed(net, alice, bob, TextContent.create('true'), { introduce: false }), bob.id);
  await pass(net, 5);
  await net.inject(await packed(net, alice, bob, TextContent.create('second')), bob.id);
  await pass(net, 30);
  assert.deepEqual(await texts(b, alice), ['true', 'second']);
  await b.close();
});

/** Found by reading: strangers who fill the waiting room. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { MemoryClientStore } from 'dimsdk';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';
import { packed } from './enemy.ts';

/** More than may wait. */
const STRANGERS = 4200;

test('strangers push out each other from where messages wait, and no contact', { timeout: 120_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const disk = new MemoryClientStore();
  const b = await device(net, bob, { store: disk });
  await clockOf(net).advance(5);
  // Bob has her ID from a card, and nobody can tell more about her yet.
  await b.changeContact(alice.id, { isAdded: true });
  const waits = TextContent.create('from a contact');
  await net.inject(await packed(net, alice, bob, waits, { introduce: false }), bob.id);
  await clockOf(net).advance(1);
  const content = TextContent.create('x');
  const one = dim.ReliableMessage.decode(await packed(net, mallory, bob, content, { introduce: false })).toMap();
  for (let sent = 0; sent < STRANGERS; sent += 300) {
    const lines = Array.from({ length: 300 }, (_, index) => {
      // An address of digits, which have no case.
      const sender = `m@0x${String(sent + index).padStart(40, '1')}`;
      return JSON.stringify({ ...one, sender });
    });
    await net.inject(encodeUtf8(lines.join('\n')), bob.id);
    await clockOf(net).advance(1);
  }
  assert.equal(disk.partitions('waiting').length, 1000, 'a page of senders is full');
  const a = await device(net, alice);
  await until(net, async () => (await texts(b, alice)).length === 1, 'the contact is read');
  await a.close();
  await b.close();
});

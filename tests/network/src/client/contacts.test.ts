/** Contacts, alarms, conversations, and what a client answers by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DocumentsCommand, MemoryStore, MetaCommand, TextContent } from 'dimp';
import { MemoryClientStore } from 'dimsdk';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';

test('a contact is added by its ID alone, and kept with its name', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const [a, b] = [await device(net, alice, { store }), await device(net, bob)];
  await clockOf(net).advance(10);
  const learned: string[] = [];
  a.on('learned', ({ id }) => learned.push(id.toString()));
  await a.addContact(bob.id, { alias: 'Bobby' });
  await until(net, async () => learned.includes(bob.id.toString()), 'Bob is known');
  await a.changeContact(bob.id, { isMuted: true });
  await a.close();
  const again = await device(net, alice, { store });
  const { isAdded, isMuted, isBlocked, alias } = again.contact(bob.id);
  assert.deepEqual(
    { isAdded, isMuted, isBlocked, alias },
    { isAdded: true, isMuted: true, isBlocked: false, alias: 'Bobby' },
  );
  assert.equal(again.contacts.length, 1);
  await again.close();
  await b.close();
});

test('conversations have pages, times, and what was not seen', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const start = net.clock.now();
  for (let index = 0; index < 25; index++) {
    await a.send(TextContent.create(String(index), { time: net.clock.now() }), bob.id);
    await clockOf(net).advance(10);
  }
  await until(net, async () => (await texts(b, alice)).length === 25, 'all are there');
  assert.equal(await b.conversations.unread(alice.id), 25);
  const wordsOf = (messages: Awaited<ReturnType<typeof b.conversations.messages>>): readonly string[] =>
    messages.map(({ content }) => (content.kind === 'text' ? content.text : ''));
  const seen: string[] = [];
  let before: Awaited<ReturnType<typeof b.conversations.messages>>[number] | undefined;
  for (;;) {
    const page = await b.conversations.messages(alice.id, { before, limit: 7 });
    if (page.length === 0) break;
    seen.push(...wordsOf(page));
    before = page.at(-1);
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, index) => String(24 - index)),
  );
  const some = await b.conversations.messages(alice.id, { from: start + 95, to: start + 125 });
  assert.deepEqual(wordsOf(some), ['12', '11', '10']);
  const [conversation] = await b.conversations.list();
  assert.equal(conversation?.unread, 25);
  assert.deepEqual(wordsOf(conversation ? [conversation.last] : []), ['24']);
  await b.conversations.markSeen(alice.id);
  assert.equal(await b.conversations.unread(alice.id), 0);
  await b.conversations.clear(alice.id);
  assert.deepEqual(await b.conversations.list(), []);
  await a.close();
  await b.close();
});

test('questions about oneself are answered, those about others are not', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
  const store = new MemoryClientStore();
  const [a, b] = [await device(net, alice), await device(net, bob, { store })];
  await dim.addContact(store, carol);
  await clockOf(net).advance(10);
  const heard: string[] = [];
  a.on('received', ({ content, sender }) => {
    if (!sender.equals(bob.id)) return;
    if (content.kind === 'meta' || content.kind === 'documents')
      heard.push(`${content.kind} ${content.did.equals(bob.id)}`);
    if (content.kind === 'receipt') heard.push(content.text);
  });
  for (const id of [bob.id, carol.id]) {
    await a.send(MetaCommand.query(id), bob.id);
    await a.send(DocumentsCommand.query(id), bob.id);
  }
  await until(net, async () => heard.length >= 4, 'all are answered');
  assert.deepEqual([...heard].sort(), ['Document not found.', 'Meta not found.', 'documents true', 'meta true']);
  await a.close();
  await b.close();
});

test('another meta for a known identity is an alarm, and changes nothing', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const a = await device(net, alice);
  const b = await device(net, bob);
  const delivery = await a.send(TextContent.create('hello'), bob.id);
  await clockOf(net).until(delivery.until('delivered'));
  const alarms: string[] = [];
  a.on('meta-changed', ({ id }) => alarms.push(id.toString()));
  // The same key, with the wrong ID in the envelope: somebody else who calls himself Bob.
  const mallory = await person('Mallory');
  const memory = new MemoryStore();
  await dim.addUser(memory, mallory);
  await dim.addContact(memory, alice);
  const packed = await dim
    .messenger({ self: mallory.id, store: memory })
    .packMessage(TextContent.create('I am Bob'), alice.id, { introduce: true });
  const forged = dim.ReliableMessage.parse({ ...packed.message.toMap(), sender: bob.id.toString() });
  const refused: string[] = [];
  a.on('refused', ({ error }) => refused.push(error.code));
  await net.inject(forged, alice.id);
  await until(net, async () => refused.length > 0, 'it is refused');
  assert.deepEqual(await texts(a, bob), ['hello']);
  assert.deepEqual(refused, ['CRYPTO_VERIFY']);
  assert.deepEqual(alarms, []);
  await a.close();
  await b.close();
});

test('who is offered as an iterable gets all, however slowly it is read', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const [a, b] = [await device(net, alice), await device(net, bob)];
  const over = new AbortController();
  const read: string[] = [];
  const reading = (async () => {
    for await (const { content } of b.events('received', over.signal))
      if (content.kind === 'text') read.push(content.text);
  })();
  const sent = Array.from({ length: 150 }, (_, index) => String(index));
  for (const text of sent) await a.send(TextContent.create(text), bob.id);
  await until(net, async () => read.length === sent.length, 'all are read');
  assert.deepEqual(read, sent);
  over.abort();
  await reading;
  await a.close();
  await b.close();
});

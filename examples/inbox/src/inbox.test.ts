import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock, test } from 'node:test';
import { createDim, MemoryStore, MetaCommand, TextContent, type ID, type Missing, type Store } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { Inbox } from './inbox.ts';
import { learnFrom, questionFor } from './learning.ts';

const dim = createDim({ plugins: [standardPlugin()] });
const alice = await dim.createUser({ name: 'Alice' });
const bob = await dim.createUser({ name: 'Bob', terminals: ['phone', 'desktop'] });

async function aliceWrites(receiver: ID, text = 'Hello!'): Promise<Uint8Array> {
  const store = new MemoryStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  return dim.messenger({ self: alice.id, store }).pack(TextContent.create(text), receiver);
}

async function inboxOn(terminal: string, store: Store = new MemoryStore()) {
  const keys = { ...bob.keys, decrypt: bob.keys.decrypt.filter((key) => key.terminal === terminal) };
  await dim.addUser(store, { ...bob, keys });
  const messenger = dim.messenger({ self: bob.id.at(terminal), store });
  const [shown, asked, acknowledged]: [string[], Missing[], Uint8Array[]] = [[], [], []];
  const inbox = new Inbox({
    messenger,
    show: (_, content) => shown.push(content instanceof TextContent ? content.text : content.kind),
    ask: (missing) => asked.push(missing),
    acknowledge: (bytes) => acknowledged.push(bytes),
  });
  return { inbox, messenger, store, shown, asked, acknowledged };
}

test('what is for another device is acknowledged, and nobody is asked', async () => {
  const { inbox, store, asked, acknowledged } = await inboxOn('phone');
  await dim.addContact(store, alice);
  const bytes = await aliceWrites(bob.id.at('desktop'));
  assert.equal(await inbox.receive(bytes), 'not-for-here');
  assert.deepEqual([asked, acknowledged], [[], [bytes]]);
});

test('so is what goes to a group that one has left', async () => {
  const carol = await dim.createUser({ name: 'Carol' });
  const group = await dim.createGroup({ founder: alice, members: [carol.id], name: 'Walks', seed: 'walks' });
  const store = new MemoryStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, carol);
  await dim.addGroup(store, group);
  const bytes = await dim
    .messenger({ self: alice.id, store })
    .pack(TextContent.create('At noon?', { group: group.id }), group.id, { introduce: true });
  const { inbox, asked, acknowledged } = await inboxOn('phone');
  assert.equal(await inbox.receive(bytes), 'not-for-here');
  assert.deepEqual([asked.length, acknowledged.length], [0, 1]);
});

test('a package that comes several times waits once, and is shown once', async () => {
  const { inbox, messenger, shown, asked, acknowledged } = await inboxOn('phone');
  const bytes = await aliceWrites(bob.id);
  for (let times = 0; times < 3; times++) assert.equal(await inbox.receive(bytes), 'waiting');
  assert.deepEqual([asked.length, acknowledged.length], [1, 0]);
  await learnFrom(messenger, MetaCommand.answer(alice.id, alice.meta));
  await inbox.tryAgain();
  await inbox.tryAgain();
  assert.deepEqual([shown, acknowledged], [['Hello!'], [bytes]]);
});

test('a store that fails loses nothing of what waits', async () => {
  const store = new MemoryStore();
  const { inbox, messenger, shown } = await inboxOn('phone', store);
  for (const text of ['one', 'two', 'three']) await inbox.receive(await aliceWrites(bob.id, text));
  await learnFrom(messenger, MetaCommand.answer(alice.id, alice.meta));
  const failing = mock.method(store, 'commit', () => {
    throw new Error('the disk is full');
  });
  await assert.rejects(inbox.tryAgain(), /the disk is full/);
  failing.mock.restore();
  await inbox.tryAgain();
  assert.deepEqual(shown, ['one', 'two', 'three']);
});

test('the keys of two groups of one sender are asked for separately', async () => {
  const store = new MemoryStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  const messenger = dim.messenger({ self: alice.id, store });
  const { inbox, store: atBob, asked } = await inboxOn('phone');
  await dim.addContact(atBob, alice);
  for (const seed of ['walks', 'books']) {
    const group = await dim.createGroup({ founder: alice, members: [bob.id], name: seed, seed });
    await dim.addGroup(store, group);
    const content = TextContent.create('Hello!', { group: group.id });
    await messenger.handedOver(await messenger.pack(content, group.id, { reuseKey: true }));
    const again = TextContent.create('Hello again!', { group: group.id });
    assert.equal(await inbox.receive(await messenger.pack(again, group.id, { reuseKey: true })), 'waiting');
  }
  assert.deepEqual(
    asked.map(({ what }) => what),
    ['message-key', 'message-key'],
  );
  const [missing] = asked;
  assert.equal(missing && questionFor(missing), undefined);
});

test('what never comes is given up after a week', async (context) => {
  const { inbox, asked, acknowledged } = await inboxOn('phone');
  const bytes = await aliceWrites(bob.id);
  assert.equal(await inbox.receive(bytes), 'waiting');
  const later = Date.now() + 8 * 24 * 60 * 60 * 1000;
  context.mock.method(Date, 'now', () => later);
  await inbox.tryAgain();
  await inbox.tryAgain();
  assert.deepEqual([asked.length, acknowledged], [2, [bytes]]);
});

test('what is no message is refused', async () => {
  const { inbox, acknowledged } = await inboxOn('phone');
  assert.equal(await inbox.receive(new Uint8Array([123, 125])), 'refused');
  assert.equal(acknowledged.length, 1);
});

test('the guide has the example as it is here', () => {
  const guide = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  for (const name of ['inbox', 'learning'])
    assert.ok(guide.includes(readFileSync(new URL(`../src/${name}.ts`, import.meta.url), 'utf8')), name);
});

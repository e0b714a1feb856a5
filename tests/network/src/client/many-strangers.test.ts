/** Strangers, as many as they like: what is kept of them is bounded, and nothing of anybody whom this person knows is lost. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TextContent, type ID } from 'dimp';
import { MemoryClientStore, type ClientStore } from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import type { TestNetwork } from 'dimtestkit/network';
import { packed } from '../attacks/enemy.ts';
import { clockOf, device, dim, network, person, texts, until, type TestClient } from '../world.ts';

const DAY = 24 * 60 * 60;
const LIMIT = { timeout: 120_000 };
const folder = mkdtempSync(join(tmpdir(), 'strangers-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const STORES: Readonly<Record<string, () => Promise<ClientStore>>> = {
  memory: async () => new MemoryClientStore(),
  SQLite: async () => openSqliteStore({ dim, path: join(folder, `${files++}.db`), vault: 'unprotected' }),
};

/** Bob, who is there: what comes before that goes nowhere. */
async function online(net: TestNetwork, options: Parameters<typeof device>[2] = {}): Promise<TestClient> {
  const bob = await device(net, await person('Bob'), options);
  await until(net, async () => bob.connection.is === 'online', 'Bob is there');
  return bob;
}

/** How many have written in a network. */
const numbers = new WeakMap<TestNetwork, number>();

/** Somebody new writes. @returns who */
async function stranger(net: TestNetwork, to: TestClient, words: readonly string[] = ['Hello']): Promise<ID> {
  const number = numbers.get(net) ?? 0;
  numbers.set(net, number + 1);
  // Making keys takes most of the time: each network has the same strangers.
  const user = await person(`Stranger ${number}`);
  await write(net, user, to, words);
  return user.id;
}

async function write(
  net: TestNetwork,
  user: Awaited<ReturnType<typeof person>>,
  to: TestClient,
  words: readonly string[],
): Promise<void> {
  const self = await person('Bob');
  for (const text of words)
    await net.inject(
      await packed(net, user, self, TextContent.create(text, { time: net.clock.now() }), { introduce: true }),
      to.self,
    );
}

function keysOf(list: readonly { readonly id: ID }[]): readonly string[] {
  return list.map(({ id }) => id.entityKey);
}

for (const [name, open] of Object.entries(STORES)) {
  test(
    `${name}: strangers have as many conversations as they have room, and the newest stay outside`,
    LIMIT,
    async () => {
      const net = await network({ seed: 1 });
      const store = await open();
      const bob = await online(net, { store, strangers: { conversations: 3, messages: 2 } });
      const refused: string[] = [];
      bob.on('refused', ({ error }) => refused.push(`${error.code} ${error.path}`));
      const written: ID[] = [];
      for (let count = 0; count < 5; count++) {
        written.push(await stranger(net, bob));
        await clockOf(net).advance(5);
      }
      await until(net, async () => refused.length === 2, 'two are refused');
      assert.deepEqual(refused, ['INPUT_LIMIT strangers', 'INPUT_LIMIT strangers']);
      const kept = await bob.conversations.list({ kind: 'stranger' });
      assert.deepEqual(
        keysOf(kept),
        [2, 1, 0].map((index) => written[index]?.entityKey),
      );
      assert.equal(await bob.conversations.notKept(), 2);
      await bob.conversations.forgetNotKept();
      assert.equal(await bob.conversations.notKept(), 0);
      assert.equal(await store.count('conversation', 'stranger'), 3);
      await bob.close();
      await store.close();
    },
  );

  test(`${name}: one stranger writes so much, and what was seen makes room for what is new`, LIMIT, async () => {
    const net = await network({ seed: 2 });
    const store = await open();
    const bob = await online(net, { store, strangers: { messages: 3 } });
    const alice = await person('Alice');
    await write(net, alice, bob, ['1', '2', '3', '4', '5']);
    await until(net, async () => (await bob.conversations.notKept()) === 2, 'two are not kept');
    assert.deepEqual(await texts(bob, alice), ['1', '2', '3']);
    await bob.conversations.markSeen(alice.id);
    await write(net, alice, bob, ['6', '7']);
    await until(net, async () => (await texts(bob, alice)).includes('7'), 'what is new is kept');
    assert.deepEqual(await texts(bob, alice), ['3', '6', '7']);
    // Whoever is answered is no stranger.
    await clockOf(net).advance(1);
    await bob.send(TextContent.create('Stop', { time: net.clock.now() }), alice.id);
    await clockOf(net).advance(1);
    await write(net, alice, bob, ['8', '9', '10']);
    await until(net, async () => (await texts(bob, alice)).includes('10'), 'all is kept');
    assert.deepEqual(await texts(bob, alice), ['3', '6', '7', 'Stop', '8', '9', '10']);
    await bob.close();
    await store.close();
  });

  test(`${name}: a flood pushes out itself, and no request of before or after it`, LIMIT, async () => {
    const net = await network({ seed: 3 });
    const store = await open();
    const bob = await online(net, { store, strangers: { conversations: 4 } });
    const before = await stranger(net, bob);
    await clockOf(net).advance(DAY);
    for (let count = 0; count < 8; count++) await stranger(net, bob);
    await until(net, async () => (await bob.conversations.notKept()) === 5, 'the flood fills the room');
    await clockOf(net).advance(DAY);
    const later = await stranger(net, bob);
    const list = async () => keysOf(await bob.conversations.list({ kind: 'stranger' }));
    await until(net, async () => (await list()).includes(later.entityKey), 'who comes after it has room');
    assert.ok((await list()).includes(before.entityKey), 'who came before it stays');
    assert.equal((await list()).length, 4);
    assert.equal(await bob.conversations.notKept(), 6);
    // Whom the person has read leaves first, also after a restart.
    await bob.conversations.markSeen(before);
    await bob.close();
    const again = await online(net, { store, strangers: { conversations: 4 } });
    const last = await stranger(net, again);
    const now = async () => keysOf(await again.conversations.list({ kind: 'stranger' }));
    await until(net, async () => (await now()).includes(last.entityKey), 'there is room again');
    assert.ok(!(await now()).includes(before.entityKey));
    assert.equal(await store.count('message', before.entityKey), 0);
    await again.close();
    await store.close();
  });
}

test(
  'nothing of contacts, of those in a group of theirs, or of whom this person wrote to is ever refused',
  LIMIT,
  async () => {
    const net = await network({ seed: 4 });
    const [alice, bob, carol] = [await person('Alice'), await person('Bob'), await person('Carol')];
    const strangers = { conversations: 0, messages: 0 };
    const [a, b, c] = [await device(net, alice), await device(net, bob, { strangers }), await device(net, carol)];
    await b.addContact(alice.id);
    const { group } = await a.groups.found({ name: 'Friends', members: [bob.id, carol.id] });
    await until(net, async () => (await b.groups.state(group)) !== undefined, 'Bob is in the group');
    await until(net, async () => (await c.groups.state(group))?.hasMembers === true, 'Carol is in the group');
    for (const text of ['1', '2']) {
      await a.send(TextContent.create(text), bob.id);
      await c.send(TextContent.create(text), group);
      await c.send(TextContent.create(text), bob.id);
    }
    await until(net, async () => (await texts(b, { id: group })).length === 2, 'what is for the group is kept');
    await until(net, async () => (await texts(b, carol)).length === 2, 'what one of its members writes is kept');
    assert.deepEqual(await texts(b, alice), ['1', '2']);
    assert.equal((await b.conversations.list({ kind: 'known' })).length, 3);
    const dave = await person('Dave');
    await b.send(TextContent.create('Hello'), dave.id);
    await write(net, dave, b, ['Hi']);
    await until(net, async () => (await texts(b, dave)).length === 2, 'an answer is kept');
    const eve = await stranger(net, b);
    await until(net, async () => (await b.conversations.notKept()) === 1, 'a stranger has no room');
    assert.deepEqual(await texts(b, { id: eve }), []);
    for (const one of [a, b, c]) await one.close();
  },
);

test('conversations come in pages, and move to those whom this person knows', LIMIT, async () => {
  const net = await network({ seed: 5 });
  const bob = await online(net);
  const written: string[] = [];
  for (let count = 0; count < 7; count++) {
    written.unshift((await stranger(net, bob)).entityKey);
    await clockOf(net).advance(3);
  }
  await until(net, async () => (await bob.conversations.list()).length === 7, 'all are kept');
  const first = await bob.conversations.list({ limit: 3 });
  const second = await bob.conversations.list({ limit: 3, before: first.at(-1) });
  const third = await bob.conversations.list({ limit: 3, before: second.at(-1) });
  assert.deepEqual([first, second, third].flatMap(keysOf), written);
  assert.deepEqual(await bob.conversations.list({ kind: 'known' }), []);
  const [one] = first;
  assert.ok(one !== undefined && one.unread === 1 && one.kind === 'stranger');
  await bob.addContact(one.id);
  assert.deepEqual(keysOf(await bob.conversations.list({ kind: 'known' })), [one.id.entityKey]);
  assert.equal((await bob.conversations.list({ kind: 'stranger' })).length, 6);
  await bob.conversations.clear(one.id);
  assert.equal((await bob.conversations.list()).length, 6);
  for (const wrong of [{ limit: 0 }, { limit: 1001 }, { kind: 'friend' }, { befor: one }])
    await assert.rejects(bob.conversations.list(wrong as object), { code: 'USAGE_ARGUMENT' });
  await bob.close();
});

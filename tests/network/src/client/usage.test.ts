/** Wrong use, as a cast or plain JavaScript lets it through: it is said, and nothing happens by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileContent, TextContent, type Change } from 'dimp';
import {
  addLocalUser,
  createClient,
  defineHandler,
  httpFileService,
  importIdentity,
  localUsers,
  MemoryClientStore,
  passphraseVault,
  type RowChange,
} from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { clockOf, device, dim, inOrder, network, person, texts, until } from '../world.ts';

test('options that cannot work are told by their names', async () => {
  const net = await network({ seed: 1 });
  const { id: self } = await person('Alice');
  const { transport, address } = net;
  const good = { dim, self, store: new MemoryClientStore(), transport, stations: [address] };
  const wrong: readonly (readonly [object, string])[] = [
    [{ store: Promise.resolve(good.store) }, 'store'],
    [{ transport: () => transport }, 'transport'],
    [{ stations: address }, 'stations'],
    [{ stations: [] }, 'stations'],
    [{ receipts: 'never' }, 'receipts'],
    [{ isMessage: true }, 'isMessage'],
    [{ files: {} }, 'files.service'],
    [{ handlers: [() => ({})] }, 'handlers[0]'],
    [{ handlers: defineHandler('text', () => undefined) }, 'handlers'],
    [{ dim: Promise.resolve(dim) }, 'dim'],
    [{ handler: [] }, 'handler'],
  ];
  for (const [part, path] of wrong)
    assert.throws(() => createClient({ ...good, ...part }), { code: 'USAGE_ARGUMENT', path });
});

test('misspelt names and values have no silent effect', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const a = await device(net, alice);
  assert.throws(() => a.on('recieved' as never, () => undefined), { code: 'USAGE_ARGUMENT' });
  assert.throws(() => a.on('received', undefined as never), { code: 'USAGE_ARGUMENT' });
  assert.throws(() => a.events('recieved' as never), { code: 'USAGE_ARGUMENT' });
  await assert.rejects(a.changeContact(bob.id, { blocked: true } as never), {
    code: 'USAGE_ARGUMENT',
    path: 'blocked',
  });
  await assert.rejects(a.changeContact(bob.id, { isBlocked: 'yes' } as never), { path: 'isBlocked' });
  assert.equal(a.contact(bob.id).isBlocked, false);
  const delivery = await a.send(TextContent.create('x'), bob.id);
  await assert.rejects(delivery.until('deliverd' as never), { code: 'USAGE_ARGUMENT' });
  const old = TextContent.create('old', { time: net.clock.now() - 40 * 24 * 3600 });
  await assert.rejects(a.send(old, bob.id), { code: 'USAGE_ARGUMENT', path: 'content.time' });
  await a.close();
  await assert.rejects(a.start(), /closed/);
});

test('an option that is none is told by its name, wherever there are options', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const service = httpFileService();
  const a = await device(net, alice, { files: { service } });
  const wrong = { limt: 10 } as object;
  const usage = { code: 'USAGE_ARGUMENT', path: 'limt' };
  await assert.rejects(a.conversations.messages(bob.id, wrong), usage);
  await assert.rejects(a.files.upload(new Blob(['x']), wrong), usage);
  await assert.rejects(a.files.download(FileContent.create({ url: 'https://files.example/x' }), wrong), usage);
  assert.throws(() => passphraseVault('correct horse', wrong), usage);
  assert.throws(() => httpFileService(wrong), usage);
  const store = { dim, path: ':memory:', vault: 'unprotected', ...wrong } as const;
  await assert.rejects(openSqliteStore(store), usage);
  const files = { service, ...wrong };
  const { transport, address } = net;
  const options = { dim, self: alice.id, store: new MemoryClientStore(), transport, stations: [address], files };
  assert.throws(() => createClient(options), usage);
  await a.close();
});

test('a function of the application that fails for one content holds up nothing', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const isMessage = (): boolean => {
    throw new Error('mine');
  };
  const [a, b] = [await device(net, alice), await device(net, bob, { isMessage })];
  await a.send(TextContent.create('came all the same'), bob.id);
  await until(net, async () => (await texts(b, alice)).length === 1, 'it came');
  await a.close();
  await b.close();
});

test('a contact that is changed before the start keeps what it was', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const first = await device(net, alice, { store });
  await first.changeContact(bob.id, { isBlocked: true, alias: 'Bobby' });
  await first.close();
  const { transport, address } = net;
  const next = createClient({ dim, self: alice.id, store, transport, stations: [address], clock: net.clock });
  await next.changeContact(bob.id, { isMuted: true });
  await next.start();
  const { isBlocked, isMuted, alias } = next.contact(bob.id);
  assert.deepEqual({ isBlocked, isMuted, alias }, { isBlocked: true, isMuted: true, alias: 'Bobby' });
  await next.close();
});

test('a client that was closed changes nothing of what the next one works with', async () => {
  const net = await network({ seed: 6 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const b = await device(net, bob);
  const first = await device(net, alice, { store });
  await first.goOffline();
  const delivery = await first.send(TextContent.create('x'), bob.id);
  await first.close();
  const closed = { code: 'USAGE_ARGUMENT', message: /closed/ };
  await assert.rejects(delivery.cancel(), closed);
  await assert.rejects(first.groups.found({ name: 'Late', members: [bob.id] }), closed);
  await assert.rejects(first.conversations.markSeen(bob.id), closed);
  await assert.rejects(first.conversations.clear(bob.id), closed);
  const next = await device(net, alice, { store });
  const again = await next.delivery(delivery.id);
  await until(net, async () => again?.state === 'delivered', 'it arrived');
  await next.close();
  await b.close();
});

test('arguments in another order, and promises that nobody waited for, are told by their names', async () => {
  const [alice, store] = [await person('Alice'), new MemoryClientStore()];
  const as = (value: unknown): never => value as never;
  const usage = (path: string): object => ({ code: 'USAGE_ARGUMENT', path });
  await assert.rejects(addLocalUser(as(store), as(dim), alice), usage('dim'));
  await assert.rejects(addLocalUser(dim, store, as(Promise.resolve(alice))), usage('user'));
  await assert.rejects(localUsers(as(dim), as(store)), usage('store'));
  const options = { passphrase: 'correct horse' };
  await assert.rejects(importIdentity(as(store), as(dim), 'text', options), usage('dim'));
  await assert.rejects(importIdentity(dim, store, 'text', as({ ...options, terminl: 'phone' })), usage('terminl'));
});

test('groups are of users, and of nothing that is left out without a word', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const a = await device(net, alice);
  const text = [bob.id.toString()] as never;
  const usage = (path: string): object => ({ code: 'USAGE_ARGUMENT', path });
  await assert.rejects(a.groups.found({ name: 'x', members: text }), usage('members[0]'));
  await assert.rejects(a.groups.found({ name: 'x', membres: [] } as never), usage('membres'));
  await assert.rejects(a.groups.found({ name: 'x' } as never), usage('members'));
  const { group } = await a.groups.found({ name: 'x', members: [bob.id] });
  for (const act of ['invite', 'expel', 'hire', 'fire'] as const) {
    await assert.rejects(a.groups[act](group, text), usage('users[0]'));
    await assert.rejects(a.groups[act](group, bob.id as never), usage('users'));
  }
  await assert.rejects(a.groups.reset(group, text), usage('members[0]'));
  await assert.rejects(a.groups.appoint(group, text), usage('assistants[0]'));
  await assert.rejects(a.groups.invite(group, [group]), usage('users[0]'));
  await assert.rejects(a.groups.expel(group, [alice.id, bob.id]), { code: 'GROUP_DENIED' });
  assert.equal((await a.groups.state(group))?.members.length, 2);
  await a.close();
});

test('a second client over one store, and a device without keys of its own, do not start', async () => {
  const net = await network({ seed: 3 });
  const [alice, carol] = [await person('Alice'), await person('Carol', ['phone'])];
  const store = new MemoryClientStore();
  const a = await device(net, alice, { store });
  await assert.rejects(device(net, alice, { store }), { code: 'USAGE_ARGUMENT', path: 'store' });
  await a.close();
  const again = await device(net, alice, { store });
  await again.close();
  await assert.rejects(device(net, carol), { code: 'USAGE_ARGUMENT', path: 'self' });
  await assert.rejects(device(net, carol, { terminal: 'laptop' }), { code: 'USAGE_ARGUMENT', path: 'self' });
});

test('who was added lives here, with a vault or without', async () => {
  const store = new MemoryClientStore();
  const alice = await person('Alice');
  await addLocalUser(dim, store, alice);
  await addLocalUser(dim, store, alice);
  assert.deepEqual((await localUsers(store.openAgain(), dim)).map(String), [alice.id.toString()]);
});

test('a handler writes into no table of the client, and is told what it may want', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const row = { table: 'message', key: 'x', partition: '', order: 0, value: {} };
  const wrong = defineHandler('text', ({ content }) =>
    content.text === 'rows' ? { rows: [{ do: 'put-row', row }] } : ({ reply: [] } as never),
  );
  const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [wrong] })];
  const failed: string[] = [];
  b.on('handler-failed', ({ error }) => failed.push(String(error)));
  await a.send(TextContent.create('rows'), bob.id);
  await a.send(TextContent.create('reply'), bob.id);
  await until(net, async () => failed.length === 2, 'both are told');
  assert.match(failed[0] ?? '', /rows\[0\]\.table: must begin with app-/);
  assert.match(failed[1] ?? '', /reply: is none of replies/);
  assert.equal((await b.conversations.list()).length, 1);
  await a.close();
  await b.close();
});

test('a note to oneself stands once', async () => {
  const net = await network({ seed: 5 });
  const alice = await person('Alice');
  const a = await device(net, alice);
  await a.send(TextContent.create('remember'), alice.id);
  await clockOf(net).advance(60);
  assert.deepEqual(await texts(a, alice), ['remember']);
  assert.deepEqual(
    (await inOrder(a, alice)).map(({ isOwn }) => isOwn),
    [true],
  );
  assert.deepEqual(await a.deliveries(), []);
  await a.close();
});

test('who comes a moment after the first message gets it soon', async () => {
  const net = await network({ seed: 6 });
  const [alice, late] = [await person('Alice'), await person('Late')];
  const a = await device(net, alice);
  await clockOf(net).advance(5);
  const delivery = await a.send(TextContent.create('hello'), late.id);
  await clockOf(net).advance(1);
  const b = await device(net, late);
  const before = net.clock.now();
  while (delivery.state !== 'delivered' && net.clock.now() < before + 300) await clockOf(net).advance(1);
  assert.equal(delivery.state, 'delivered');
  await a.close();
  await b.close();
});

test('rows of the application are kept with what is sent, or neither is', async () => {
  const net = await network({ seed: 5 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const a = await device(net, alice, { store });
  const draft = (text: string) =>
    ({ do: 'put-row', row: { table: 'app-draft', key: 'bob', partition: '', order: 0, value: { text } } }) as const;
  store.commit([], [draft('Hello')]);
  const commits: number[] = [];
  const commit = store.commit.bind(store);
  const counted = (changes: readonly Change[], rows: readonly RowChange[] = []): void => {
    const has = (table: string) => rows.some((one) => (one.do === 'put-row' ? one.row.table : one.table) === table);
    if (has('app-draft')) commits.push(has('message') ? 1 : 0);
    commit(changes, rows);
  };
  store.commit = counted;
  await a.send(TextContent.create('Hello'), bob.id, { rows: [{ do: 'delete-row', table: 'app-draft', key: 'bob' }] });
  assert.deepEqual(commits, [1]);
  assert.equal(store.row('app-draft', 'bob'), undefined);
  assert.deepEqual(await texts(a, bob), ['Hello']);
  // What the client keeps for itself is not an application's to change.
  const theft = { do: 'delete-row', table: 'message', key: 'x' } as const;
  for (const [options, path] of [
    [{ rows: [theft] }, 'rows[0].table'],
    [{ rows: 'none' }, 'rows'],
    [{ row: [] }, 'row'],
    [null, 'options'],
  ] as const)
    await assert.rejects(a.send(TextContent.create('no'), bob.id, options as never), { code: 'USAGE_ARGUMENT', path });
  assert.deepEqual(await texts(a, bob), ['Hello']);
  await a.close();
});

/** Who lives here, and whether it is open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError } from 'dimp';
import { createWorld } from './world.ts';

const LIMIT = { timeout: 60_000 };

test('somebody new with a passphrase: locked at the next start, opened by the right one alone', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.browser();
  assert.deepEqual((await alice.ask('state')).phase, { is: 'empty' });
  await assert.rejects(alice.ask('conversations'), { code: 'USAGE_ARGUMENT' });
  const words = await alice.ask('makeWords');
  assert.equal(words.split(' ').length, 12);
  await alice.ask('create', { name: ' Alice ', words, passphrase: 'correct horse' });
  const me = await alice.me();
  assert.deepEqual([me.name, me.isSealed, me.devices.length], ['Alice', true, 1]);
  assert.equal(me.link, `https://chat.test/app/#contact=${encodeURIComponent(me.id)}`);
  assert.equal(alice.secret, 'correct horse');
  await alice.close();

  await alice.start();
  assert.deepEqual((await alice.ask('state')).phase, { is: 'locked', id: me.id, name: 'Alice' });
  for (const call of ['conversations', 'contacts', 'exportEverything'] as const)
    await assert.rejects(alice.ask(call), { code: 'VAULT_PASSPHRASE' });
  await assert.rejects(alice.ask('send', { conversation: me.id, text: 'x', token: 'x' }), { code: 'VAULT_PASSPHRASE' });
  await assert.rejects(alice.ask('unlock', { passphrase: 'wrong' }), { code: 'VAULT_PASSPHRASE' });
  assert.equal((await alice.ask('state')).phase.is, 'locked');
  await alice.ask('unlock', { passphrase: 'correct horse' });
  assert.deepEqual(await alice.me(), me);

  await alice.ask('lock');
  assert.equal(alice.secret, undefined);
  assert.equal((await alice.ask('state')).phase.is, 'locked');
  await assert.rejects(alice.ask('conversations'), { code: 'VAULT_PASSPHRASE' });
  await alice.close();
  await alice.start('correct horse');
  assert.equal((await alice.me()).id, me.id);
  await world.end();
});

test('asked again after the engine ended, the same person is there already', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.browser();
  const asked = { name: 'Alice', words: await alice.ask('makeWords'), passphrase: 'correct horse' };
  await alice.ask('create', asked);
  const me = await alice.me();
  await alice.ask('create', asked);
  await alice.close();
  await alice.start();
  await alice.ask('create', asked);
  assert.deepEqual(await alice.me(), me);
  const other = { ...asked, words: await alice.ask('makeWords') };
  await assert.rejects(alice.ask('create', other), { code: 'USAGE_ARGUMENT' });
  assert.deepEqual(await alice.me(), me);
  await world.end();
});

test('words bring the same identity back; wrong ones say which', LIMIT, async () => {
  const world = await createWorld();
  const [old, fresh] = [await world.browser(), await world.browser()];
  const words = await old.ask('makeWords');
  await old.ask('create', { name: 'Alice', words, passphrase: undefined });
  const wrong = words
    .split(' ')
    .map((word, at) => (at === 2 ? 'nonsense' : word))
    .join(' ');
  await assert.rejects(fresh.ask('restore', { name: 'Alice', words: wrong, passphrase: undefined }), {
    code: 'INPUT_FORMAT',
    path: 'words[2]',
  });
  await assert.rejects(fresh.ask('restore', { name: ' \u200B', words, passphrase: undefined }), { path: 'name' });
  await fresh.ask('restore', { name: 'Alice', words: words.toUpperCase(), passphrase: undefined });
  assert.equal(await fresh.id(), await old.id());
  assert.notEqual((await fresh.me()).terminal, (await old.me()).terminal);
  await assert.rejects(fresh.ask('lock'), { code: 'USAGE_ARGUMENT' });
  await world.end();
});

test('an exported identity is one more device, with its contacts', LIMIT, async () => {
  const world = await createWorld();
  const [phone, bob, desktop] = [await world.person('Alice'), await world.person('Bob'), await world.browser()];
  await phone.ask('addContact', { text: await bob.id() });
  const text = await phone.ask('exportIdentity', { filePassphrase: 'file' });
  const asked = { text, name: '', passphrase: 'other', filePassphrase: 'file' };
  await assert.rejects(desktop.ask('importIdentity', { ...asked, filePassphrase: 'wrong' }), {
    code: 'VAULT_PASSPHRASE',
    path: 'filePassphrase',
  });
  assert.equal((await desktop.ask('state')).phase.is, 'empty');
  assert.deepEqual(await desktop.ask('importIdentity', asked), { refused: 0 });
  assert.equal(await desktop.id(), await phone.id());
  assert.deepEqual(
    (await desktop.ask('contacts')).map(({ id }) => id),
    [await bob.id()],
  );
  const { devices, terminal } = await desktop.me();
  assert.equal(devices.length, 2);
  assert.equal(devices.find(({ isThis }) => isThis)?.terminal, terminal);
  await world.end();
});

test('a passphrase comes where there was none, and another one in its place', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice');
  const id = await alice.id();
  await alice.ask('saveDraft', { conversation: id, text: 'kept' });
  await alice.ask('changePassphrase', { from: undefined, to: 'one' });
  assert.equal((await alice.me()).isSealed, true);
  await assert.rejects(alice.ask('changePassphrase', { from: 'wrong', to: 'two' }), { code: 'VAULT_PASSPHRASE' });
  await assert.rejects(alice.ask('changePassphrase', { from: 'one', to: undefined }), { path: 'to' });
  await alice.ask('changePassphrase', { from: 'one', to: 'two' });
  assert.equal(alice.secret, 'two');
  await alice.close();
  await alice.start('one');
  assert.equal((await alice.ask('state')).phase.is, 'locked');
  await alice.ask('unlock', { passphrase: 'two' });
  assert.equal((await alice.ask('conversations'))[0]?.draft, 'kept');
  await world.end();
});

test('keys that were being sealed as the engine ended are sealed with the passphrase', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice');
  const id = await alice.id();
  alice.disk.onCommit = (_, changes) => {
    if (changes.some((change) => change.do === 'keep-keys')) throw new DimError('STORE_FAILED', 'the engine ends here');
  };
  await assert.rejects(alice.ask('changePassphrase', { from: undefined, to: 'one' }), { code: 'STORE_FAILED' });
  await alice.close();
  alice.disk.onCommit = () => undefined;
  await alice.start();
  assert.deepEqual((await alice.ask('state')).phase, { is: 'locked', id: '', name: undefined });
  await assert.rejects(alice.ask('unlock', { passphrase: 'wrong' }), { code: 'VAULT_PASSPHRASE' });
  await alice.ask('unlock', { passphrase: 'one' });
  assert.equal(await alice.id(), id);
  await world.end();
});

test('forgetting leaves nothing; a store that cannot be opened says why', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice', 'one');
  await alice.ask('forgetEverything');
  assert.deepEqual((await alice.ask('state')).phase, { is: 'empty' });
  assert.equal(alice.disk.rows('keyring').length, 0);
  await alice.close();
  alice.disk.onOpen = () => {
    throw new DimError('STORE_VERSION', 'is of a later version');
  };
  await alice.start();
  const { phase } = await alice.ask('state');
  assert.deepEqual(phase, {
    is: 'broken',
    failure: { code: 'STORE_VERSION', path: undefined, reason: 'is of a later version' },
  });
  await assert.rejects(alice.ask('conversations'), { code: 'STORE_FAILED' });
  await world.end();
});

test('another name is signed, and others see it', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice', 'one'), await world.person('Bob')];
  const [a, b] = [await alice.id(), await bob.id()];
  await bob.ask('addContact', { text: a });
  await alice.ask('addContact', { text: b });
  await alice.say(b, 'Hello');
  await bob.untilText(a, 'Hello');
  await alice.ask('rename', { name: 'Alicia' });
  assert.equal((await alice.me()).name, 'Alicia');
  await alice.say(b, 'Me again');
  await bob.untilText(a, 'Me again');
  await bob.until(async () => (await bob.ask('person', { id: a })).name === 'Alicia');
  await world.end();
});

test('what the server says is known without a network, and another word of it counts', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice');
  const { station } = world.config;
  assert.equal((await alice.ask('state')).settings.station, station);
  await alice.close();
  alice.config = 'unreachable';
  await alice.start();
  await alice.online();
  assert.equal((await alice.ask('state')).settings.station, station);
  await alice.close();
  alice.config = { station: 'wss://other.test' };
  await alice.start();
  await alice.until(async () => (await alice.ask('state')).settings.station === 'wss://other.test');
  await alice.ask('changeSettings', { station: station ?? '' });
  await alice.online();
  for (const wrong of ['http://x', 'ws://user@x', 'x'])
    await assert.rejects(alice.ask('changeSettings', { station: wrong }), { code: 'INPUT_FORMAT', path: 'station' });
  await world.end();
});

test('a server that says nothing for long holds up nobody who was here before', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice');
  await alice.close();
  alice.config = 'silent';
  await alice.start();
  assert.equal((await alice.ask('state')).phase.is, 'open');
  const first = await world.browser('unreachable');
  await first.ask('create', { name: 'Bob', words: await first.ask('makeWords'), passphrase: undefined });
  assert.equal((await first.ask('state')).settings.station, undefined);
  first.config = world.config;
  await first.ask('connectNow');
  await first.online();
  await world.end();
});

test('what is asked while the client is made anew is answered by the next one', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const [a, b] = [await alice.id(), await bob.id()];
  await bob.ask('addContact', { text: a });
  await alice.ask('addContact', { text: b });
  const said: string[] = [];
  const changes = [
    async () => alice.ask('changeSettings', { receipts: 'contacts' }),
    async () => alice.ask('rename', { name: 'Alicia' }),
  ];
  for (const [round, change] of changes.entries()) {
    const asked: Promise<unknown>[] = [];
    const ask = (): void => {
      const text = `${round} ${asked.length}`;
      said.push(text);
      asked.push(alice.say(b, text), alice.ask('conversations'), alice.ask('connectNow'));
    };
    // A new client reads the keys.
    let reads = 0;
    alice.disk.onKeys = () => {
      if (++reads <= 3) ask();
    };
    ask();
    const changed = change();
    ask();
    await changed;
    assert.ok(reads > 0);
    alice.disk.onKeys = () => undefined;
    await Promise.all(asked);
  }
  await bob.until(async () => (await bob.texts(a)).length === said.length);
  assert.deepEqual([...(await bob.texts(a))].sort(), [...said].sort());
  await world.end();
});

/** Who wrote first, and is nobody that this person knows: nothing of it is given away before a yes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { SentContent } from 'dimsdk';
import { dim } from '../../src/engine/dim.ts';
import type { Person, World } from './world.ts';
import { createWorld } from './world.ts';

const LIMIT = { timeout: 60_000 };
const SECRET = 'words of a stranger';

/** A stranger who has written to Bob. */
async function strangerAndBob(world: World): Promise<{ readonly eve: Person; readonly bob: Person }> {
  const [eve, bob] = [await world.person('Eve\u202E'), await world.person('Bob')];
  await eve.say(await bob.id(), SECRET);
  const request = async () => (await bob.ask('conversations')).find(({ isRequest }) => isRequest);
  await bob.until(request);
  return { eve, bob };
}

test('of a request, who it is is told, and nothing else', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await strangerAndBob(world);
  const e = await eve.id();
  const [request] = await bob.ask('conversations');
  assert.equal(request?.isRequest, true);
  assert.equal(request.last, undefined);
  assert.equal(request.unread, 0);
  assert.equal(request.with.nameFrom, 'peer');
  assert.deepEqual([request.with.name, request.with.end], ['Eve', e.slice(-8)]);
  const [key] = bob.disk.rows('message', dim.ID.parse(e).entityKey).map((row) => row.key);
  assert.notEqual(key, undefined);
  const hidden = [
    await bob.ask('messages', { conversation: e, limit: 10 }),
    await bob.ask('message', { key: key ?? '' }),
    await bob.ask('search', { text: 'stranger', limit: 10 }),
    await bob.ask('search', { text: 'stranger', conversation: e, limit: 10 }),
    await (await bob.ask('exportEverything')).text(),
    bob.events,
    await bob.ask('conversations'),
  ];
  assert.ok(!JSON.stringify(hidden).includes('stranger'));
  assert.deepEqual(hidden[0], []);
  assert.equal(bob.events.filter(({ tell }) => tell === 'message').length, 0);
  await assert.rejects(bob.ask('exportConversation', { conversation: e }), { code: 'INPUT_MISSING' });
  await assert.rejects(bob.say(e, 'who are you?'), { code: 'USAGE_ARGUMENT', path: 'conversation' });
  // Nor is it seen, before it was shown.
  await bob.ask('markSeen', { conversation: e });
  await bob.ask('acceptRequest', { id: e });
  assert.deepEqual(await bob.texts(e), [SECRET]);
  const [accepted] = await bob.ask('conversations');
  assert.deepEqual([accepted?.isRequest, accepted?.unread, accepted?.with.isContact], [false, 1, true]);
  await bob.say(e, 'Hello');
  await eve.untilText(await bob.id(), 'Hello');
  await world.end();
});

test('a declined one is gone, and writes in vain', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await strangerAndBob(world);
  const [e, b] = [await eve.id(), await bob.id()];
  await bob.ask('declineRequest', { id: e });
  assert.deepEqual(await bob.ask('conversations'), []);
  await eve.say(b, 'again');
  await world.clock.advance(60);
  assert.deepEqual(await bob.ask('conversations'), []);
  assert.equal((await bob.ask('person', { id: e })).isBlocked, true);
  // Nobody is declined whom the person knows.
  await assert.rejects(bob.ask('declineRequest', { id: b }), { code: 'USAGE_ARGUMENT' });
  await world.end();
});

test('whom this person wrote to first is no stranger, on its other devices either', LIMIT, async () => {
  const world = await createWorld();
  const [phone, bob, desktop] = [await world.person('Alice'), await world.person('Bob'), await world.browser()];
  const [a, b] = [await phone.id(), await bob.id()];
  const text = await phone.ask('exportIdentity', { filePassphrase: 'file' });
  await desktop.ask('importIdentity', { text, name: '', passphrase: undefined, filePassphrase: 'file' });
  await desktop.online();
  await phone.until(async () => (await phone.me()).devices.length === 2);
  await bob.ask('addContact', { text: a });
  await phone.say(b, 'Hello');
  await bob.untilText(a, 'Hello');
  await desktop.untilText(b, 'Hello');
  await bob.say(a, 'Hi');
  await phone.untilText(b, 'Hi');
  await desktop.untilText(b, 'Hi');
  await world.end();
});

test('a stranger who says that this person wrote first is one all the same', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await strangerAndBob(world);
  const [e, b] = [dim.ID.parse(await eve.id()), dim.ID.parse(await bob.id())];
  // What another device of Bob would say, from Eve.
  await eve.sendRaw(SentContent.create(TextContent.create('Hi Eve'), e, { terminal: 'web-000000' }), b);
  await eve.sendRaw(TextContent.create('one more'), b);
  await bob.until(async () => bob.disk.rows('message', e.entityKey).length === 2);
  assert.deepEqual(await bob.texts(e.toString()), []);
  assert.equal((await bob.ask('conversations'))[0]?.isRequest, true);
  assert.equal(bob.disk.rows('app-written').length, 0);
  await world.end();
});

test('a group that a stranger founded is a request, whatever is written in it', LIMIT, async () => {
  const world = await createWorld();
  const [eve, bob] = [await world.person('Eve'), await world.person('Bob')];
  const b = await bob.id();
  await eve.ask('addContact', { text: b });
  const { id } = await eve.ask('foundGroup', { name: 'Win a prize', members: [b], token: 'one' });
  await eve.say(id, SECRET);
  const found = await bob.until(async () => (await bob.ask('conversations')).find((one) => one.with.id === id));
  assert.equal(found.isRequest, true);
  assert.equal(found.with.isGroup, true);
  assert.deepEqual(await bob.texts(id), []);
  await assert.rejects(bob.say(id, 'no'), { path: 'conversation' });
  await bob.ask('acceptRequest', { id });
  assert.deepEqual(await bob.texts(id), [SECRET]);
  await world.end();
});

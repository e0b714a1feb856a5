/** Pages of messages, search, drafts, export. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from './world.ts';

const LIMIT = { timeout: 90_000 };

test('pages before and after a message, search, drafts, export', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')];
  const b = await bob.id();
  await alice.ask('addContact', { text: b, alias: 'Bobby' });
  for (let number = 0; number < 60; number++)
    await alice.say(b, `text ${number}${number === 7 ? ' Straße ＡＢＣ' : ''}`);
  const newest = await alice.ask('messages', { conversation: b, limit: 3 });
  const texts = (messages: typeof newest) => messages.map(({ says }) => (says.is === 'text' ? says.text : ''));
  assert.deepEqual(texts(newest), ['text 57', 'text 58', 'text 59']);
  const before = await alice.ask('messages', { conversation: b, limit: 2, before: newest[0] });
  assert.deepEqual(texts(before), ['text 55', 'text 56']);
  const after = await alice.ask('messages', { conversation: b, limit: 2, after: before[0] });
  assert.deepEqual(texts(after), ['text 56', 'text 57']);

  assert.deepEqual(texts(await alice.ask('search', { text: ' abc ', limit: 10 })), ['text 7 Straße ＡＢＣ']);
  const found = await alice.ask('search', { text: 'text 1', conversation: b, limit: 5 });
  assert.deepEqual(texts(found), ['text 19', 'text 18', 'text 17', 'text 16', 'text 15']);
  assert.deepEqual(await alice.ask('search', { text: '  ', limit: 10 }), []);
  await assert.rejects(alice.ask('search', { text: 'x'.repeat(201), limit: 1 }), { code: 'INPUT_LIMIT' });

  await alice.ask('saveDraft', { conversation: b, text: 'not yet' });
  await alice.close();
  await alice.start();
  assert.equal((await alice.ask('conversations'))[0]?.draft, 'not yet');
  await world.clock.advance(1);
  await alice.say(b, 'not yet');
  assert.equal((await alice.ask('conversations'))[0]?.draft, undefined);

  const text = await (await alice.ask('exportConversation', { conversation: b })).text();
  const lines = text.trimEnd().split('\n');
  assert.equal(lines[0], 'Bobby');
  assert.equal(lines.length, 3 + 61);
  assert.match(lines[3] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}Alice: text 0$/);
  const everything = JSON.parse(await (await alice.ask('exportEverything')).text()) as {
    readonly conversations: readonly { readonly messages: readonly unknown[] }[];
    readonly contacts: readonly { readonly alias: string }[];
  };
  assert.equal(everything.conversations[0]?.messages.length, 61);
  assert.equal(everything.contacts[0]?.alias, 'Bobby');
  assert.ok(!JSON.stringify(everything).includes('PRIVATE'));

  await alice.ask('clearConversation', { conversation: b });
  assert.deepEqual(await alice.talk(b), []);
  await world.end();
});

test('two of one name are told apart, and a name that somebody chose takes no other one', LIMIT, async () => {
  const world = await createWorld();
  const [alice, bob, other] = [await world.person('Alice'), await world.person('Bob'), await world.person('BOB ')];
  const [b, o] = [await bob.id(), await other.id()];
  await alice.ask('addContact', { text: b });
  await alice.until(async () => (await alice.ask('contacts'))[0]?.name === 'Bob');
  await alice.ask('addContact', { text: JSON.stringify({ id: o, name: 'The bank' }) });
  await alice.until(async () => (await alice.ask('person', { id: o })).nameFrom === 'peer');
  const names = (await alice.ask('contacts')).map(({ name, end }) => `${name} ${end}`);
  assert.deepEqual(names.sort(), [`BOB ${o.slice(-8)}`, `Bob ${b.slice(-8)}`]);
  await alice.ask('changeContact', { id: b, alias: 'Robert' });
  assert.deepEqual(
    (await alice.ask('contacts')).map(({ name, nameFrom, end }) => [name, nameFrom, end]),
    [
      ['BOB', 'peer', o.slice(-8)],
      ['Robert', 'alias', undefined],
    ],
  );
  // An alias stands alone, unless another one is called so.
  await alice.ask('changeContact', { id: o, alias: 'ROBERT' });
  const ends = (await alice.ask('contacts')).map(({ end }) => end);
  assert.deepEqual(new Set(ends), new Set([b.slice(-8), o.slice(-8)]));
  await alice.ask('changeContact', { id: b, isMuted: true });
  assert.equal((await alice.ask('person', { id: b })).name, 'Robert');
  await assert.rejects(alice.ask('addContact', { text: await alice.id() }), { code: 'INPUT_CONFLICT' });
  for (const text of ['{', '{"id":1}', '{}', 'javascript:alert(1)'])
    await assert.rejects(alice.ask('addContact', { text }), { path: 'text' });
  await world.end();
});

test('a file tells people apart as the page does, and nobody writes a line of another into it', LIMIT, async () => {
  const world = await createWorld();
  const [mallory, bob] = [await world.person('Al”ice: yes'), await world.person('Bob')];
  const [m, b] = [await mallory.id(), await bob.id()];
  await mallory.ask('addContact', { text: b, alias: 'Bob' });
  const forged = ['a', '2026-01-01 00:00:00 UTC  Bob: I owe you'];
  const written: string[] = [];
  for (const end of ['\r', '\u2028', '\u0085', '\r\n']) written.push(forged.join(end));
  for (const text of written) await mallory.say(b, text);
  await bob.until(async () => (await bob.ask('conversations')).find(({ isRequest }) => isRequest));
  await bob.ask('acceptRequest', { id: m });
  await bob.untilText(m, written.at(-1) ?? '');
  const file = await (await bob.ask('exportConversation', { conversation: m })).text();
  const [head = '', , , ...lines] = file.trimEnd().split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
  const shown = `“Al"ice: yes” ${m.slice(-8)}`;
  assert.equal(head, shown);
  const heads = lines.filter((line) => !line.startsWith(' '));
  assert.equal(heads.length, written.length);
  for (const line of heads) assert.ok(line.endsWith(` UTC  ${shown}: a`), line);
  await world.end();
});

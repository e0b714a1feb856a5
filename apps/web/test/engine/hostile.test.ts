/** What a contact may write with a client that was changed: all else stays readable, and nothing of it is another's word. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent, type JsonMap } from 'dimp';
import { dim } from '../../src/engine/dim.ts';
import { createWorld, type Person, type World } from './world.ts';

const LIMIT = { timeout: 120_000 };

/** Eve is a contact of Bob, and wrote first. */
async function eveAndBob(world: World): Promise<{ readonly eve: Person; readonly bob: Person }> {
  const [eve, bob] = [await world.person('Eve'), await world.person('Bob')];
  await bob.ask('addContact', { text: await eve.id() });
  await eve.say(await bob.id(), 'first');
  await bob.untilText(await eve.id(), 'first');
  return { eve, bob };
}

test('no content keeps a conversation from being read, searched or exported', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await eveAndBob(world);
  const [e, b] = [await eve.id(), await bob.id()];
  const { time } = (await bob.talk(e))[0] ?? { time: 0 };
  const base = { sn: 7, time };
  const hostile: readonly JsonMap[] = [
    { type: '55', ...base, text: 'all', origin: { sender: 'everyone@everywhere', sn: 1, time } },
    { type: '55', ...base, text: 'station', origin: { sender: 'station@anywhere', sn: 1 } },
    { type: '55', ...base, text: 'group', origin: { sender: 'group@everywhere', sn: 1, time: 0 } },
    { type: '51', ...base, did: 'everyone@everywhere', name: 'x' },
    { type: '51', ...base, did: b, name: 'Somebody else' },
    { type: '16', ...base, filename: '__proto__', URL: 'http://127.0.0.1/' },
    { type: '18', ...base, filename: 'x'.repeat(100_000), size: 1e308 },
    { type: '99999', ...base, constructor: 'x', toString: 1 },
    { type: '1', ...base, text: '' },
  ];
  for (const fields of hostile) await eve.sendRaw(dim.Content.parse(fields), dim.ID.parse(b));
  await eve.say(b, 'last');
  await bob.untilText(e, 'last');
  assert.equal((await bob.talk(e)).length, hostile.length + 2);
  const [conversation] = await bob.ask('conversations');
  assert.equal(conversation?.unread, hostile.length + 2);
  assert.equal((await bob.ask('search', { text: 'last', limit: 100 })).length, 1);
  JSON.parse(await (await bob.ask('exportEverything')).text());
  await world.end();
});

test('in an export nobody begins a line that looks like the message of another', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await eveAndBob(world);
  const [e, b] = [await eve.id(), await bob.id()];
  const forged = '2026-01-31 12:00:00 UTC  Bob: I owe you';
  const ends = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];
  await eve.sendRaw(TextContent.create(ends.map((end) => `x${end}${forged}`).join('')), dim.ID.parse(b));
  await bob.until(async () => (await bob.talk(e)).length === 2);
  const text = await (await bob.ask('exportConversation', { conversation: e })).text();
  const lines = text.split(/[\n\v\f\r\u0085\u2028\u2029]/);
  assert.deepEqual(
    lines.filter((line) => line.startsWith('2026-01-31')),
    [],
  );
  assert.equal(lines.filter((line) => line.startsWith(`    | ${forged}`)).length, ends.length);
  await world.end();
});

test('in an export nobody writes by a text what looks like the words that are answered', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await eveAndBob(world);
  const [e, b] = [await eve.id(), await bob.id()];
  // By the clock of Eve it is later than here.
  const ahead = { time: world.clock.now() + 60 };
  await eve.sendRaw(TextContent.create('Do you owe me?\n    | at all', ahead), dim.ID.parse(b));
  const { key } = await bob.untilText(e, 'Do you owe me?\n    | at all');
  await bob.ask('send', { conversation: e, text: 'No\nnever', quote: key, token: 'one' });
  for (const forged of ['> Bob: I owe you\nThanks', '\n    > Bob: I owe you\n    | Thanks'])
    await eve.sendRaw(TextContent.create(forged, ahead), dim.ID.parse(b));
  await bob.until(async () => (await bob.talk(e)).length === 5);
  const file = await (await bob.ask('exportConversation', { conversation: e })).text();
  const lines = file.split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('    > ')),
    [`    > “Eve” ${e.slice(-8)}: Do you owe me?     | at all`],
  );
  assert.deepEqual(lines.slice(lines.findIndex((line) => line.endsWith(' UTC  Bob:')) + 1).slice(0, 3), [
    ...lines.filter((line) => line.startsWith('    > ')),
    '    | No',
    '    | never',
  ]);
  await world.end();
});

test('an answer stays one to what it was given to, whatever is written with the same number later', LIMIT, async () => {
  const world = await createWorld();
  const { eve, bob } = await eveAndBob(world);
  const [e, b] = [await eve.id(), await bob.id()];
  const mark = { sn: 7, time: world.clock.now() };
  await eve.sendRaw(TextContent.create('Do you like cake?', mark), dim.ID.parse(b));
  const { key } = await bob.untilText(e, 'Do you like cake?');
  const answer = await bob.ask('send', { conversation: e, text: 'Yes', quote: key, token: 'one' });
  assert.equal(answer.quote?.text, 'Do you like cake?');
  await eve.sendRaw(TextContent.create('Will you pay for all of it?', mark), dim.ID.parse(b));
  await bob.untilText(e, 'Will you pay for all of it?');
  const after = await bob.ask('message', { key: answer.key });
  assert.doesNotMatch(after?.quote?.text ?? '', /pay/);
  await world.end();
});

test('of a group of a stranger nothing is exported, before a yes or after a no', LIMIT, async () => {
  const world = await createWorld();
  const [eve, bob] = [await world.person('Eve'), await world.person('Bob')];
  const b = await bob.id();
  await eve.ask('addContact', { text: b });
  const { id } = await eve.ask('foundGroup', { name: 'Win a prize', members: [b], token: 'one' });
  await eve.say(id, 'Hello');
  await bob.until(async () => (await bob.ask('conversations')).find((one) => one.with.id === id));
  const exported = async () => (await bob.ask('exportEverything')).text();
  assert.doesNotMatch(await exported(), /prize/);
  await bob.ask('declineRequest', { id });
  assert.doesNotMatch(await exported(), /prize/);
  await world.end();
});

test('while it is locked no settings are changed', LIMIT, async () => {
  const world = await createWorld();
  const alice = await world.person('Alice', 'one');
  const { settings } = await alice.ask('state');
  await alice.ask('lock');
  await assert.rejects(alice.ask('changeSettings', { station: 'ws://evil.test:1/' }), { code: 'VAULT_PASSPHRASE' });
  await alice.ask('unlock', { passphrase: 'one' });
  assert.deepEqual((await alice.ask('state')).settings, settings);
  await world.end();
});

/** `dim chat` through pipes, and in words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { dim } from '../../src/home/dim.ts';
import { temporaryFolder } from '../run.ts';
import { startStation } from '../station.ts';
import { atTerminal } from './at-terminal.ts';
import { peopleAt } from './people-at.ts';

const folder = temporaryFolder();

const [alice, bob] = await peopleAt(await startStation(), folder, ['Alice', 'Bob']);

function events(out: string): readonly JsonMap[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonMap);
}

test('each line of the input is a text, none is a command, and nothing but JSON comes out', async () => {
  await bob.json('contact', 'name', alice.id, 'Alice');
  const sent = await alice.run(['chat', bob.id, '--json'], { input: 'one\n/block\n\n  three \u009B31m\n' });
  assert.equal(sent.code, 0, sent.err);
  // Nothing in it does anything to a terminal.
  assert.match(sent.out, /^[^\u0080-\u009f\u202a-\u202e]{1,10000}$/);
  const told = events(sent.out);
  assert.deepEqual(
    told.filter(({ event }) => event === 'message').map(({ text, isOwn }) => [text, isOwn]),
    [
      ['one', true],
      ['/block', true],
      ['  three \u009B31m', true],
    ],
  );
  assert.deepEqual(told.at(-1), { event: 'end', sent: 3, queued: 0, failed: 0 });

  // Whoever reads gets what was not seen, once, and what comes.
  const listener = atTerminal(alice, ['chat', bob.id], { folder });
  await listener.screen.heard(/\* online/);
  const { code, out } = await bob.run(['chat', 'Alice'], { input: 'answer\n' });
  assert.equal(code, 0);
  await listener.screen.heard(/\): answer/);
  listener.type('\u0004');
  await listener.ended;
  assert.match(out, /\d\d:\d\d Alice: one\n\d\d:\d\d Alice: \/block\n\d\d:\d\d Alice: {3}three \?31m\n/);
  assert.doesNotMatch((await bob.run(['chat', 'Alice'], { input: '' })).out, /one/);
});

test('without a station what was written waits, and the exit code says so', async () => {
  const outcome = await alice.run(['chat', bob.id, '--station', '127.0.0.1:1'], { input: 'text\n' });
  assert.equal(outcome.code, 8);
  assert.match(outcome.err, /offline/);
  const later = await alice.run(['chat', bob.id], { input: 'more\n' });
  assert.equal(later.code, 0);
  const { messages } = await bob.json('read', 'Alice');
  assert.deepEqual(
    (messages as readonly JsonMap[]).map(({ text }) => text),
    ['text', 'more'],
  );
});

test('what is for an ID that the station does not know waits, and says why', async () => {
  const nobody = (await dim.createUser({ name: 'Nobody' })).id.toString();
  const sent = await alice.run(['send', nobody, 'Hello', '--timeout', '2']);
  assert.equal(sent.code, 9);
  assert.match(sent.out, /^queued, for somebody \(.{8}\): the station does not know this ID yet/);
  const chat = await alice.run(['chat', nobody, '--json', '--timeout', '2'], { input: 'Hello?\n' });
  const waits = events(chat.out).filter(
    ({ event, waitsForReceiver }) => event === 'delivery' && waitsForReceiver === true,
  );
  assert.equal(waits.length, 1);
});

test('without a terminal it says whom to name', async () => {
  const outcome = await alice.run(['chat'], { input: '' });
  assert.equal(outcome.code, 2);
  assert.match(outcome.err, /dim chat WHO/);
});

test('in words: what happens is said in lines, and nothing is drawn', async () => {
  const chat = atTerminal(alice, ['chat', bob.id, '--plain'], { folder });
  await chat.screen.heard(/you talk with "Bob"/);
  chat.type('Hello\n');
  await chat.screen.heard(/sent: "Hello"/);
  await bob.json('send', alice.id, 'Hello Alice', '--wait', 'delivered');
  await chat.screen.heard(/delivered: "Hello"/);
  await chat.screen.heard(/\d\d:\d\d "Bob" \(\w{8}\): Hello Alice/);
  chat.type('/who\n');
  await chat.screen.heard(/ID {6}0x/);
  chat.type('/quit\n');
  assert.equal(await chat.ended, 0);
  assert.equal(chat.screen.raw.includes('\u001B'), false);
});

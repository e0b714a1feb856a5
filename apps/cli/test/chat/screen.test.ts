/** The screen of the chat, on a terminal as eyes see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownMessage } from '../../src/chat/view.ts';
import { shown } from './shown.ts';
import { typedAt } from './typed-at.ts';

const message = (one: ShownMessage, isTyped = false) => ({ is: 'message', message: one, isTyped }) as const;
const notice = (text: string) => ({ is: 'notice', text, json: {} }) as const;

test('what comes appears above what is being typed, which stays as it is', async () => {
  const { screen, terminal, type } = typedAt();
  screen.talk(shown('').conversation);
  await type('half a text 你好 \u{1F389}');
  await screen.show(message(shown('Hello')));
  await screen.show(notice('online'));
  await terminal.settled();
  assert.match(terminal.rows.at(-3) ?? '', /^ {3}\d\d:\d\d Bob: Hello$/);
  assert.deepEqual(terminal.rows.slice(-2), ['* online', 'Bob> half a text 你好 \u{1F389}']);
  assert.equal(terminal.leftOfCursor.trimEnd(), 'Bob> half a text 你好 \u{1F389}');
  screen.close();
});

for (const at of ['the end', 'the middle'] as const)
  test(`a text of several rows is not disturbed either, with the cursor at ${at}`, async () => {
    const { screen, terminal, type, taken } = typedAt({ columns: 40 });
    const text = '你好 '.repeat(20).trim();
    await screen.show(notice('first'));
    await type(text);
    if (at === 'the middle') await type('\u001B[D'.repeat(30));
    for (let count = 0; count < 3; count++) await screen.show(notice(`line ${count}`));
    await terminal.settled();
    const before = terminal.rows.filter((row) => row.startsWith('* '));
    assert.deepEqual(before, ['* first', '* line 0', '* line 1', '* line 2']);
    assert.equal(terminal.rows.slice(4).join('').replaceAll(' ', ''), `dim>${text}`.replaceAll(' ', ''));
    await type('\r');
    assert.deepEqual(taken, [text]);
    assert.deepEqual(terminal.rows.slice(4), ['dim>']);
    screen.close();
  });

test('what is pasted goes to where the cursor is', async () => {
  const { screen, terminal, type, taken } = typedAt({ columns: 30 });
  await type('beginning and end');
  await type('\u001B[D'.repeat(4));
  await type(' middle, which is so long that it takes more rows,');
  await screen.show(notice('above'));
  await terminal.settled();
  assert.deepEqual(terminal.rows, [
    '* above',
    'dim> beginning and middle, whi',
    'ch is so long that it takes mo',
    're rows, end',
  ]);
  await type('\r');
  assert.deepEqual(taken, ['beginning and middle, which is so long that it takes more rows, end']);
  screen.close();
});

test('a mark changes where its message stands, and nothing else does', async () => {
  const { screen, terminal, type } = typedAt();
  const sent = shown('a text that takes more than one row, as it is too long for the first', { state: 'queued' });
  await screen.show(message(sent, true));
  await type('typing');
  await screen.show(message(shown('an answer')));
  await terminal.settled();
  const before = [...terminal.rows];
  assert.match(before[1] ?? '', /^· {2}\d\d:\d\d me: a text/);
  await screen.delivery({
    message: { ...sent, state: 'delivered' },
    state: 'delivered',
    error: undefined,
    waitsForReceiver: false,
    isLast: true,
  });
  await terminal.settled();
  assert.deepEqual(terminal.rows, [before[0], before[1]?.replace('· ', '✓✓'), ...before.slice(2)]);
  assert.equal(terminal.leftOfCursor, 'dim> typing');
  screen.close();
});

test('where the message is out of sight, the last one says so in a line, and a failure does always', async () => {
  const { screen, terminal } = typedAt();
  const sent = shown('Hello', { state: 'queued' });
  await screen.show(message(sent, true));
  for (let count = 0; count < 30; count++) await screen.show(notice(`line ${count}`));
  await screen.delivery({
    message: { ...sent, state: 'sent' },
    state: 'sent',
    error: undefined,
    waitsForReceiver: false,
    isLast: false,
  });
  await screen.delivery({
    message: { ...sent, state: 'delivered' },
    state: 'delivered',
    error: undefined,
    waitsForReceiver: false,
    isLast: true,
  });
  const error = { code: 'DELIVERY_FULL', reason: 'too much waits' };
  await screen.delivery({
    message: { ...sent, state: 'failed' },
    state: 'failed',
    error,
    waitsForReceiver: false,
    isLast: false,
  });
  await terminal.settled();
  assert.deepEqual(terminal.rows.slice(-4), [
    '* line 29',
    '* delivered: "Hello"',
    '* not delivered: "Hello": too much waits',
    'dim>',
  ]);
  screen.close();
});

test('nothing that was shown is lost when the terminal changes its width', async () => {
  const { screen, terminal, type, resize } = typedAt({ columns: 60 });
  await type('a text that is longer than the terminal will be in a moment');
  const lines = Array.from({ length: 8 }, (_, at) => `* line ${at}`);
  for (const [at, columns] of [60, 40, 90, 30, 60, 30, 100, 60].entries()) {
    resize(columns);
    await terminal.settled();
    await screen.show(notice(`line ${at}`));
    await terminal.settled();
  }
  assert.deepEqual(
    terminal.rows.filter((row) => row.startsWith('* ')),
    lines,
  );
  screen.close();
});

test('a question takes the next line, and what was typed for it is no text', async () => {
  const { screen, terminal, type, taken } = typedAt();
  const answer = screen.ask('Overwrite it?');
  await terminal.heard(/y or n>/);
  await type('y\r');
  assert.equal(await answer, true);
  assert.deepEqual(taken, []);
  const second = screen.ask('Leave?');
  await type('\u0003');
  assert.equal(await second, false);
  screen.close();
});

test('Ctrl+C clears the line, then says how to leave, then leaves; Ctrl+D leaves an empty line at once', async () => {
  const first = typedAt();
  await first.type('text\u0003');
  assert.equal(first.terminal.leftOfCursor, 'dim> ');
  await first.type('\u0003');
  assert.match(first.terminal.text, /Ctrl\+C once more leaves/);
  await first.type('x\u007F\u0003');
  assert.doesNotMatch(first.terminal.leftOfCursor, /x/);
  await first.type('\u0003');
  await first.done;
  const second = typedAt();
  await second.type('\u0004');
  await second.done;
  const third = typedAt();
  third.abort();
  await third.done;
});

test('where the locale has no more than ASCII, signs are ASCII; with NO_COLOR there is no color', async () => {
  const { screen, terminal } = typedAt({ environment: { LANG: 'C', NO_COLOR: '1' } });
  await screen.show(message(shown('Hello', { state: 'delivered' }), true));
  await screen.show({ is: 'alarm', text: 'look', json: {} });
  await terminal.settled();
  assert.match(terminal.rows[1] ?? '', /^\+\+ \d\d:\d\d me: Hello$/);
  // Colors end with m; what readline writes does not.
  const sequences = terminal.raw.split('\u001B[').slice(1);
  assert.equal(
    sequences.some((sequence) => /^[0-9;]{0,20}m/.test(sequence)),
    false,
  );
  assert.match(terminal.text, /^[\x20-\x7e\n]{1,1000}$/);
  screen.close();
});

test('a tab completes, and a list of candidates does not confuse where marks are', async () => {
  const { screen, terminal, type } = typedAt({ completer: async (line) => [['/group new ', '/group invite '], line] });
  const sent = shown('Hello', { state: 'queued' });
  await screen.show(message(sent, true));
  // One by one: tabs among more than one key are text that was pasted.
  for (const keys of ['/g', '\t', '\t']) await type(keys);
  await terminal.heard(/\/group invite/);
  await screen.delivery({
    message: { ...sent, state: 'sent' },
    state: 'sent',
    error: undefined,
    waitsForReceiver: false,
    isLast: true,
  });
  await terminal.settled();
  assert.match(terminal.rows[1] ?? '', /^· {2}\d\d:\d\d me: Hello$/);
  assert.match(terminal.text, /\* sent: "Hello"/);
  screen.close();
});

test('who is not known to the station is said in a line below', async () => {
  const { screen, terminal } = typedAt();
  const sent = shown('Hello', { state: 'queued' });
  await screen.show(message(sent, true));
  await screen.delivery({ message: sent, state: 'queued', error: undefined, waitsForReceiver: true, isLast: true });
  await terminal.settled();
  assert.match(terminal.rows.join(' '), /\* waits: "Hello": the station does not know this ID yet,/);
});

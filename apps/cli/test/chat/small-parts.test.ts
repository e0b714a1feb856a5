/** Words of commands, completion, and what is said of a connection. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DimError } from 'dimp';
import { dim } from '../../src/home/dim.ts';
import type { ChatSession } from '../../src/chat/chat-session.ts';
import { completeLine } from '../../src/chat/completion.ts';
import { ConnectionNotices } from '../../src/chat/connection-notices.ts';
import { Seldom } from '../../src/chat/seldom.ts';
import { quoted, wordsOf } from '../../src/chat/words.ts';
import { temporaryFolder } from '../run.ts';

const folder = temporaryFolder();

test('words end at spaces, but not in quotes', () => {
  assert.deepEqual(wordsOf('/group new "My team"  Bob ""'), ['/group', 'new', 'My team', 'Bob', '']);
  assert.deepEqual(wordsOf(`/to ${quoted('Bob Smith')}`), ['/to', 'Bob Smith']);
});

test('a flapping connection is told when it changes for the person, not with each attempt', () => {
  const notices = new ConnectionNotices('station.example', () => 100);
  const address = { host: 'station.example', port: 9394 };
  const online = {
    is: 'online',
    address,
    station: dim.ID.parse('0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b'),
  } as const;
  const error = new DimError('CONNECTION_FAILED', 'nobody \u001B[2J listens');
  const offline = { is: 'offline', retryAt: 104, error } as const;
  assert.equal(notices.of({ is: 'offline', retryAt: undefined, error: undefined }), undefined);
  assert.equal(notices.of({ is: 'connecting', address }), undefined);
  assert.equal(notices.of(online)?.text, 'online, at station.example');
  assert.match(notices.of(offline)?.text ?? '', /^offline \(nobody \?\[2J listens\): .*the next attempt is in 4 s$/);
  for (let count = 0; count < 10; count++) {
    assert.equal(notices.of({ is: 'connecting', address }), undefined);
    assert.equal(notices.of(offline), undefined);
  }
  assert.equal(notices.of(online)?.state, 'online');
});

test('what others cause is told once each, and not without end', () => {
  const seldom = new Seldom(3);
  assert.deepEqual(
    ['a', 'a', 'b', 'c', 'd'].map((key) => seldom.may(key)),
    [true, false, true, 'last', false],
  );
});

test('the tab key completes commands, names and paths', async () => {
  mkdirSync(join(folder, 'pictures of us'));
  writeFileSync(join(folder, 'pictures of us', 'one.png'), '');
  writeFileSync(join(folder, 'plan.txt'), '');
  writeFileSync(join(folder, 'pl\u001B[2Jan.txt'), '');
  const names = ['Bob', 'Bob Smith', 'Carol'];
  // Of a session it takes no more than these.
  const session = { folder, chat: { names: { typed: async () => names } } } as unknown as ChatSession;
  const complete = async (line: string) => completeLine(session, line);
  assert.deepEqual(await complete('/al'), [['/alias '], '/al']);
  assert.deepEqual((await complete('/group '))[0].length, 8);
  assert.deepEqual(await complete('/to bo'), [['Bob ', '"Bob Smith" '], 'bo']);
  assert.deepEqual(await complete('/group new Team Bob ca'), [['Carol '], 'ca']);
  assert.deepEqual(await complete('/file pl'), [['plan.txt'], 'pl']);
  assert.deepEqual(await complete('/file pic'), [['"pictures of us/"'], 'pic']);
  assert.deepEqual(await complete('a text about /fi'), [[], 'a text about /fi']);
});

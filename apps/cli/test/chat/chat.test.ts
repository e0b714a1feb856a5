/** `dim chat` in processes at pseudo-terminals, through a real station. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { personIn, temporaryFolder } from '../run.ts';
import { startFileService } from './file-service.ts';
import { hasPseudoTerminals, PseudoTerminal } from './pseudo-terminal.ts';
import { startStation } from './real-station.ts';

const folder = temporaryFolder();

test('three people chat at terminals', { skip: !hasPseudoTerminals && 'no pseudo-terminals here' }, async () => {
  const names = ['Alice', 'Bob', 'Carol'];
  const people = names.map((name) => personIn(folder, name));
  const [station, files, ids] = await Promise.all([
    startStation(folder),
    startFileService(),
    Promise.all(
      people.map(async ({ json }, at) => (await json('id', 'new', '--name', names[at] ?? ''))['id'] as string),
    ),
  ]);
  after(async () => {
    await station.end();
    await files.end();
  });
  const [aliceId = '', bobId = '', carolId = ''] = ids;
  const sit = (at: number, columns: number, ...words: readonly string[]): PseudoTerminal => {
    const environment = { ...people[at]?.environment, DIM_STATION: station.address };
    const line = ['chat', ...words, '--files', files.upload];
    const terminal = new PseudoTerminal(line, { environment, folder, columns });
    after(() => terminal.end());
    return terminal;
  };

  // First contact by an ID, of which nothing is known here.
  const alice = sit(0, 60, bobId);
  let bob = sit(1, 100);
  // Meanwhile a stranger writes what would draw, through a pipe, as a program does.
  const evil = 'evil \u001B[2J\u001B[31mred\u009B31m \u202Etxt\n';
  const sent = await people[2]?.run(['chat', aliceId, '--station', station.address], { input: evil });
  assert.equal(sent?.code, 0, sent?.err);
  const carol = sit(2, 80);
  await Promise.all([alice.heard(/\* online/), bob.heard(/\* online/)]);
  await alice.line('Hello Bob, 你好', /✓✓ \d\d:\d\d me: Hello Bob, 你好/);
  await bob.heard(/"Alice" \(\w{8}\), who is no contact, has written/);
  assert.doesNotMatch(bob.screen.text, /Hello Bob/);
  await bob.line('/list', /1 "Alice" \(\w{8}\) \(1 new, no contact\)/);
  await bob.line('1', /"Alice" \(\w{8}\): Hello Bob, 你好/);
  await bob.line('/add Alice', /Alice is a contact now/);

  // An answer comes while something is typed, which stays.
  alice.type('half');
  await bob.line('Hello Alice', /✓✓ \d\d:\d\d me: Hello Alice/);
  await alice.heard(/"Bob" \(\w{8}\): Hello Alice\n[^\n]{0,100}> half$/);
  alice.type('\u0003');
  await alice.line('/add Bob', /Bob is a contact now/);

  // What the stranger wrote draws nothing.
  await alice.heard(/"Carol" \(\w{8}\), who is no contact/);
  await alice.line('/list', /"Carol" \(\w{8}\) \(1 new, no contact\)/);
  await alice.line(`/to ${carolId}`, /evil \?\[2J\?\[31mred\?31m \?txt/);
  for (const sequence of ['\u001B[2J', '\u009B', '\u202E']) assert.equal(alice.screen.raw.includes(sequence), false);

  // A group of three.
  await carol.heard(/\* online/);
  await alice.line(`/group new Team Bob ${carolId}`, /── #Team ──/);
  await alice.line('Welcome', /✓✓ \d\d:\d\d me: Welcome/);
  await bob.heard(/you are in #"Team" \(\w{8}\), a group of Alice/);
  await bob.heard(/#"Team" \(\w{8}\), Alice: Welcome/);
  await carol.heard(/#?"Team" \(\w{8}\), a group of somebody who is no contact, has written/);
  // What a stranger calls it is no name here.
  await carol.line('/to Team', /is what somebody who is no contact calls a group/);
  await carol.line('/list', /1 #"Team" \(\w{8}\)/);
  await carol.line('1', /"Alice" \(\w{8}\): Welcome/);
  await carol.line('Thanks', /✓✓ \d\d:\d\d me: Thanks/);
  await alice.heard(/"Carol" \(\w{8}\): Thanks/);
  await alice.line('/group members', /member {2}"Carol"/);

  // A file, there and back.
  const data = randomBytes(300_000);
  writeFileSync(join(folder, 'picture.png'), data);
  await alice.line('/to Bob', /── Bob ──/);
  await alice.line('/file picture.png', /✓✓ \d\d:\d\d me: \[image: picture\.png, 300 kB\]/);
  await bob.heard(/Alice: \[image: picture\.png, 300 kB: \/get 1\]/);
  await bob.line('/get 1', /picture\.png is there already\. Overwrite it\?/);
  await bob.line('n', /nothing was downloaded/);
  await bob.line('/get 1 saved.png', /saved [^\n]{1,200}saved\.png/);
  assert.deepEqual(readFileSync(join(folder, 'saved.png')), data);

  // Power fails; nothing is lost.
  await bob.kill();
  await alice.line('while you were away', /✓ {2}\d\d:\d\d me: while you were away/);
  bob = sit(1, 100, 'Alice');
  await bob.heard(/Alice: Hello Bob, 你好[^]{0,2000}me: Hello Alice[^]{0,2000}Alice: while you were away/);
  await alice.heard(/✓✓ \d\d:\d\d me: while you were away/);

  // Ways to leave.
  bob.type('\u0003');
  await bob.heard(/Ctrl\+C once more leaves/);
  bob.type('\u0003');
  alice.type('\u0004');
  carol.type('/quit\r');
  assert.deepEqual(await Promise.all([alice.ended, bob.ended, carol.ended]), [0, 0, 0]);
});

/** People who know, write to and read each other by commands. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { personIn, temporaryFolder } from './run.ts';
import { startStation } from './station.ts';

const folder = temporaryFolder();
const station = await startStation();

/** Somebody with an identity, whose home uses the station. */
async function somebody(name: string) {
  const person = personIn(folder, name.toLowerCase());
  const { id } = await person.json('id', 'new', '--name', name);
  await person.json('station', 'use', station);
  return { ...person, id: id as string };
}

const [alice, bob, carol] = [await somebody('Alice'), await somebody('Bob'), await somebody('Carol')];
const textsOf = ({ messages }: JsonMap): unknown => (messages as readonly JsonMap[]).map(({ text }) => text);

test('a message waits for a station, and for somebody who comes later', async () => {
  const away = await alice.run(['send', bob.id, 'Before there was a station', '--station', '127.0.0.1:1']);
  assert.equal(away.code, 8);
  assert.match(
    away.out,
    /^queued, for somebody .*: it is kept here, and goes out the next time\n.*no station answers at 127\.0\.0\.1:1/,
  );
  // Bob has to be there once: nobody else has his key.
  assert.deepEqual(textsOf(await bob.json('read')), []);
  assert.equal((await alice.json('contact', 'add', bob.id, '--alias', 'Bob'))['isKnown'], true);
  const sent = await alice.json('send', 'Bob', 'And', 'now');
  assert.equal(sent['state'], 'sent');
  assert.deepEqual(textsOf(await bob.json('read')), ['Before there was a station', 'And now']);
  assert.deepEqual(textsOf(await bob.json('read')), [], 'they were seen');
  assert.deepEqual(textsOf(await bob.json('read', alice.id, '--last', '1', '--offline')), ['And now']);
});

test('a text comes by standard input, and what a peer writes is not printed raw', async () => {
  const input = 'first line\n\u001B[2Jsecond \u202Eline\n';
  const { code } = await alice.run(['send', 'Bob'], { input });
  assert.equal(code, 0);
  const { out } = await bob.run(['read']);
  assert.match(out, /"Alice" \([0-9a-fA-F]{8}\): first line\n {4}\?\[2Jsecond \?line\n$/);
});

test('a contact from a file, named, blocked, forgotten', async () => {
  const card = await carol.run(['id', 'show', '--contact']);
  const added = await alice.run(['contact', 'add', '-', '--alias', 'Carol'], { input: card.out });
  assert.equal(added.code, 0, added.err);
  assert.match(added.out, /^Carol is a contact\.\n$/);
  assert.equal((await alice.json('contact', 'block', 'Carol'))['isBlocked'], true);
  await carol.json('send', alice.id, 'Can you hear me?');
  assert.deepEqual(textsOf(await alice.json('read')), []);
  assert.equal((await alice.json('contact', 'unblock', 'Carol'))['isBlocked'], false);
  await alice.json('contact', 'name', 'Carol', 'Caroline');
  const { contacts } = await alice.json('contact', 'list');
  assert.deepEqual(new Set((contacts as readonly JsonMap[]).map(({ alias }) => alias)), new Set(['Bob', 'Caroline']));
  await alice.json('contact', 'forget', 'Caroline');
  const gone = await alice.run(['send', 'Caroline', 'x']);
  assert.equal(gone.code, 2);
  assert.match(gone.err, /Caroline is no ID, and no name of a contact/);
});

test('a contact whose card was changed is refused', async () => {
  const card = JSON.parse((await carol.run(['id', 'show', '--contact'])).out) as { id: string; meta: JsonMap };
  const forged = JSON.stringify({ ...card, id: alice.id });
  const { code, err } = await bob.run(['contact', 'add', '-'], { input: forged });
  assert.equal(code, 4, err);
});

test('a group: made, written to, somebody invited and removed', async () => {
  await alice.json('contact', 'add', carol.id);
  const { id, isTold } = await alice.json('group', 'new', 'Friends', '--member', 'Bob');
  assert.equal(isTold, true);
  await alice.json('send', 'Friends', 'Welcome');
  assert.deepEqual(textsOf(await bob.json('read', '--timeout', '5')), ['Welcome']);
  assert.equal((await bob.run(['group', 'members', 'Friends'])).code, 2, 'she is no contact of his');
  await bob.json('contact', 'add', alice.id);
  assert.deepEqual((await bob.json('group', 'members', 'Friends'))['members'], [alice.id, bob.id]);
  await alice.json('group', 'invite', id as string, carol.id);
  await carol.json('read');
  assert.equal((await carol.json('group', 'members', id as string))['role'], 'member');
  await alice.json('group', 'expel', 'Friends', 'Bob');
  const { history } = await alice.json('group', 'history', 'Friends');
  const changes = (history as readonly JsonMap[]).map(({ did, members }) => [did, members]);
  assert.deepEqual(changes, [
    ['founded', [bob.id]],
    ['added', [carol.id]],
    ['removed', [bob.id]],
  ]);
  assert.match((await alice.run(['group', 'history', 'Friends'])).out, /you: removed Bob/);
  const denied = await carol.run(['group', 'expel', id as string, alice.id]);
  assert.equal(denied.code, 9);
});

test('the doctor says what is wrong', async () => {
  const well = await alice.json('doctor');
  const findings = well['findings'] as readonly JsonMap[];
  assert.deepEqual(
    findings.filter(({ is }) => is === 'bad'),
    [],
  );
  assert.deepEqual(
    findings.filter(({ about }) => about === 'connection' || about === 'clock').map(({ is }) => is),
    ['good', 'good'],
  );
  const away = await alice.run(['doctor', '--station', '127.0.0.1:1']);
  assert.equal(away.code, 8);
  assert.match(away.out, /BAD {3}connection {2}no station answers/);
  const wrong = await alice.run(['doctor'], { environment: { DIM_PASSPHRASE: 'guess' } });
  assert.equal(wrong.code, 7);
  assert.match(wrong.out, /BAD {3}keys/);
});

test('a stranger who founds a group takes no name', async () => {
  const mallory = await somebody('Mallory');
  await mallory.json('contact', 'add', alice.id);
  for (const name of ['Mum', 'Bob']) await mallory.json('group', 'new', name, '--member', alice.id);
  await alice.json('read');
  const { groups } = await alice.json('group', 'list');
  assert.ok((groups as readonly JsonMap[]).some(({ name }) => name === 'Mum'));
  const { code, err } = await alice.run(['send', 'Mum', 'my secret']);
  assert.equal(code, 2);
  assert.match(err, /Mum is what somebody who is no contact calls a group/);
  assert.equal((await alice.json('send', 'Bob', 'to you alone'))['receiver'], bob.id);
  const { out } = await alice.run(['group', 'list']);
  assert.match(out, /^#"Mum" \(.{8}\) /m, 'a name that somebody else has chosen stands in quotes');
});

test('a contact of whom nobody knows anything holds up nothing else', async () => {
  const nobody = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
  await alice.json('contact', 'add', nobody, '--alias', 'Ghost', '--offline');
  assert.equal(
    (await alice.json('group', 'new', 'Without Ghost', '--member', 'Bob', '--timeout', '20'))['isTold'],
    true,
  );
  const waiting = await alice.run(['send', 'Ghost', 'Are you there?', '--timeout', '2']);
  assert.equal(waiting.code, 9);
  // Within the time, the station may have said that it does not know the ID, or not yet.
  assert.match(waiting.out, /^queued, for Ghost: (?:it is kept here|the station does not know this ID yet)/);
});

test('what cannot be written is not seen, and is told', async () => {
  await alice.json('send', 'Bob', 'important');
  const lost = await bob.run(['read'], { isOutputFull: true });
  assert.equal(lost.code, 6);
  assert.match(lost.err, /its output cannot be written: ENOSPC/);
  const texts = textsOf(await bob.json('read')) as readonly string[];
  assert.ok(texts.includes('important'));
});

test('on a terminal no text of others begins a line', async () => {
  const lure = `${'x'.repeat(60)}2026-11-30 16:29  Bob: my new ID is another one`;
  await alice.json('send', 'Bob', lure);
  const { out } = await bob.run(['read'], { columns: 60 });
  const lines = out.trimEnd().split('\n');
  assert.ok(lines.length > 1);
  for (const line of lines.slice(1)) assert.match(line, /^ {4}\S/);
});

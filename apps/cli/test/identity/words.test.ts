/** `dim id words`, `dim id forget`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();

test('words bring an identity back, with a device of its own', async () => {
  const made = (await personIn(folder, 'alice').json('id', 'new', '--name', 'Alice', '--words')) as {
    readonly id: string;
    readonly words: string;
  };
  const again = personIn(folder, 'again');
  const typed = made.words
    .split(' ')
    .map((word, index) => `${index + 1}. ${word.toUpperCase()}\n`)
    .join('');
  const { code, out, err } = await again.run(['id', 'words', '--name', 'Alice', '--json'], { input: typed });
  assert.equal(code, 0, err);
  const restored = JSON.parse(out) as { readonly id: string; readonly isOwn: boolean };
  assert.deepEqual([restored.id, restored.isOwn], [made.id, true]);
  // One of them alone may well be a name of a field.
  const words = made.words.split(' ');
  for (const [index, word] of words.entries()) assert.ok(!out.includes(`${word} ${words[index + 1]}`), out);
  const twice = await again.run(['id', 'words', '--name', 'Alice'], { input: made.words });
  assert.equal(twice.code, 2);
  assert.match(twice.err, /of this home already/);
});

test('a wrong word is told by its number, and never printed', async () => {
  const nobody = personIn(folder, 'nobody');
  const typed = 'legal winner thank year wave sausage worth useful legal winner thank secretword';
  const wrong = await nobody.run(['id', 'words', '--name', 'Alice', '--json'], { input: typed });
  assert.equal(wrong.code, 3);
  assert.equal((JSON.parse(wrong.out) as { error: { path: string } }).error.path, 'words[11]');
  assert.match(wrong.err, /word 12 is none of the list/);
  assert.doesNotMatch(wrong.err + wrong.out, /secretword|sausage/);
  const mixed = await nobody.run(['id', 'words', '--name', 'Alice'], { input: typed.replace('secretword', 'zoo') });
  assert.equal(mixed.code, 3);
  assert.match(mixed.err, /another, or at another place/);
  const none = await nobody.run(['id', 'words', '--name', 'Alice'], { input: '' });
  assert.equal(none.code, 3);
  const argument = await nobody.run(['id', 'words', '--name', 'Alice', 'legal', 'winner']);
  assert.equal(argument.code, 2);
  assert.doesNotMatch(argument.err, /legal|winner/);
});

test('an identity is forgotten when somebody means it', async () => {
  const alice = personIn(folder, 'leaver');
  await alice.json('id', 'new', '--name', 'Alice');
  await alice.json('id', 'new', '--name', 'Echo', '--seed', 'echo', '--type', 'bot');
  await alice.json('id', 'use', 'Echo');
  const asked = await alice.run(['id', 'forget', 'Echo']);
  assert.equal(asked.code, 2);
  assert.match(asked.err, /--yes/);
  assert.equal((await alice.run(['id', 'forget', 'Mallory', '--yes'])).code, 2);
  const forgotten = await alice.json('id', 'forget', 'Echo', '--yes');
  assert.equal(forgotten['isForgotten'], true);
  // The choice of the one who is gone is gone, too.
  assert.equal((await alice.json('id', 'show'))['name'], 'Alice');
  await alice.json('id', 'forget', 'Alice', '--yes');
  assert.deepEqual(await alice.json('id', 'list'), { identities: [] });
  assert.equal((await alice.run(['id', 'export'], { environment: { DIM_FILE_PASSPHRASE: 'x' } })).code, 2);
  // With nobody in it, the home takes another passphrase.
  const { code, err } = await alice.run(['id', 'new', '--name', 'Anew'], {
    environment: { DIM_PASSPHRASE: 'another' },
  });
  assert.equal(code, 0, err);
});

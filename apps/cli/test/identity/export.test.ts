/** `dim id export` and `dim id import`: to another device, and from files of others. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { JsonMap, User } from 'dimp';
import { dim as context } from '../../src/home/dim.ts';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const alice = personIn(folder, 'alice');
const FILE = { DIM_FILE_PASSPHRASE: 'for the drawer' };
let id = '';

before(async () => {
  const made = (await alice.json('id', 'new', '--name', 'Alice', '--terminal', 'phone')) as { readonly id: string };
  ({ id } = made);
  const bob = personIn(folder, 'bob');
  await bob.json('id', 'new', '--name', 'Bob');
  writeFileSync(join(folder, 'bob.json'), JSON.stringify(await bob.json('id', 'show', '--contact')));
  await alice.json('contact', 'add', 'bob.json');
});

type Imported = {
  readonly id: string;
  readonly terminal: string;
  readonly contacts: readonly string[];
  readonly visas: readonly { readonly terminal: string | null }[];
};

const put = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
};

async function succeeds(
  line: readonly string[],
  person: ReturnType<typeof personIn>,
  input?: string,
): Promise<JsonMap> {
  const { code, out, err } = await person.run([...line, '--json'], {
    environment: FILE,
    ...(input !== undefined && { input }),
  });
  assert.equal(code, 0, err);
  return JSON.parse(out) as JsonMap;
}

test('an identity goes into a file that only its owner reads, and to another device', async () => {
  const told = await succeeds(['id', 'export', '--contacts', '--file', 'alice.dim'], alice);
  assert.deepEqual(told, { id, contacts: 1, file: 'alice.dim', text: null });
  const text = readFileSync(join(folder, 'alice.dim'), 'utf8');
  assert.match(text, /^-----BEGIN DIM IDENTITY-----\n/);
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'alice.dim')).mode & 0o777, 0o600);
  const again = await alice.run(['id', 'export', '--file', 'alice.dim'], { environment: FILE });
  assert.equal(again.code, 2);
  assert.match(again.err, /is there already/);
  assert.equal(readFileSync(join(folder, 'alice.dim'), 'utf8'), text);

  const desktop = personIn(folder, 'desktop');
  const imported = (await succeeds(
    ['id', 'import', 'alice.dim', '--terminal', 'desktop'],
    desktop,
  )) as unknown as Imported;
  assert.deepEqual([imported.id, imported.terminal, imported.contacts.length], [id, 'desktop', 1]);
  assert.deepEqual(new Set(imported.visas.map(({ terminal }) => terminal)), new Set(['desktop', 'phone']));
  // The home has a passphrase of its own, and the identity can sign with it.
  await desktop.json('doc', 'sign', '--name', 'Alice, at home', '--keep');
  assert.equal((await desktop.json('id', 'verify', id))['holds'], true);
});

test('an identity goes through a pipe, and takes the place of the device', async () => {
  const { out, code, err } = await alice.run(['id', 'export'], { environment: FILE });
  assert.equal(code, 0, err);
  const heir = personIn(folder, 'heir');
  const imported = (await succeeds(
    ['id', 'import', '-', '--same-device'],
    heir,
    `> ${out.replaceAll('\n', '\r\n> ')}`,
  )) as unknown as Imported;
  assert.deepEqual([imported.id, imported.terminal, imported.visas.length], [id, 'phone', 1]);
  const another = personIn(folder, 'another');
  const fresh = (await succeeds(['id', 'import', '-'], another, out)) as unknown as Imported;
  assert.match(fresh.terminal, /^dim-[0-9a-f]{6}$/);
});

test('a wrong passphrase of the file, a damaged file, and what does not go together are told apart', async () => {
  const { out } = await alice.run(['id', 'export'], { environment: FILE });
  const mallory = personIn(folder, 'mallory');
  const attempt = async (line: readonly string[], input: string, environment: Record<string, string> = FILE) =>
    mallory.run(['id', 'import', ...line], { input, environment });
  const guess = await attempt(['-'], out, { DIM_FILE_PASSPHRASE: 'guess' });
  assert.equal(guess.code, 7);
  assert.match(
    guess.err,
    /^dim: file passphrase does not open the file.*\nGive the passphrase of the file: .*DIM_FILE_PASSPHRASE/,
  );
  const none = await attempt(['-'], out, {});
  assert.equal(none.code, 7);
  assert.match(none.err, /^dim: file passphrase is needed .*\nGive the passphrase of the file/);
  const cut = await attempt(['-'], out.slice(0, 500));
  assert.equal(cut.code, 3);
  assert.match(cut.err, /cut off/);
  const both = await attempt(['-', '--same-device', '--terminal', 'phone'], out);
  assert.equal(both.code, 2);
  const taken = await attempt(['-', '--terminal', 'phone'], out);
  assert.equal(taken.code, 2);
  assert.match(taken.err, /another device/);
  assert.equal((await attempt(['no-such-file'], '')).code, 2);
  const unlocked = await alice.run(['id', 'export'], { environment: { ...FILE, DIM_PASSPHRASE: 'guess' } });
  assert.deepEqual([unlocked.code, unlocked.out], [7, '']);
  assert.match(unlocked.err, /passphrase of this home/);
  // Nothing came of it.
  assert.equal(existsSync(mallory.environment.DIM_HOME), false);
});

test('the passphrase of the file comes from a file, too', async () => {
  put('passphrase.txt', 'from a file\r\nand no more');
  const line = ['id', 'export', '--file-passphrase-file', 'passphrase.txt', '--file', 'by-file.dim'];
  assert.equal((await alice.run(line)).code, 0);
  const reader = personIn(folder, 'reader');
  const { code, err } = await reader.run(['id', 'import', 'by-file.dim'], {
    environment: { DIM_FILE_PASSPHRASE: 'from a file' },
  });
  assert.equal(code, 0, err);
});

test('a backup of a user and the files of other clients are read', async () => {
  const ecc = await context.createUser({ name: 'Eve', terminals: ['tablet'] });
  const rsa = await context.createUser({ name: 'Rosa', seed: 'rosa', algorithm: 'RSA', visaAlgorithms: ['RSA'] });
  const bare = await context.createUser({ name: 'Uma', algorithm: 'RSA', seed: 'uma', visaAlgorithms: [] });

  const backup = personIn(folder, 'backup');
  const restored = (await succeeds(['id', 'import', put('backup.json', ecc)], backup)) as unknown as Imported;
  assert.equal(restored.id, ecc.id.toString());
  assert.equal(restored.visas.length, 2);

  const files = (user: User): string[] => [
    '--meta',
    put('meta.js', user.meta),
    '--documents',
    put('documents.js', user.visas),
    '--keys',
    put(
      'keys.js',
      user.keys.decrypt.map(({ key }) => key),
    ),
  ];
  for (const [index, user] of [ecc, rsa, bare].entries()) {
    const secret = put('secret.js', user.keys.identity);
    const here = personIn(folder, `same-${index}`);
    const same = (await succeeds(
      ['id', 'import', secret, ...files(user), '--same-device'],
      here,
    )) as unknown as Imported;
    assert.deepEqual([same.id, same.terminal], [user.id.toString(), user === ecc ? 'tablet' : null]);
    await here.json('doc', 'sign', '--set', 'title="Captain"', '--keep');
  }
  const hex = ecc.keys.identity.fields['data'] as string;
  const pem = personIn(folder, 'pem');
  const noName = await pem.run(['id', 'import', put('secret.pem', hex), '--meta', put('meta.js', ecc.meta)]);
  assert.equal(noName.code, 2);
  assert.match(noName.err, /--name/);
  const named = (await succeeds(
    ['id', 'import', 'secret.pem', '--meta', 'meta.js', '--name', 'Eve'],
    pem,
  )) as unknown as Imported;
  assert.deepEqual([named.id, named.visas.length], [ecc.id.toString(), 1]);

  const stranger = personIn(folder, 'stranger');
  for (const [line, code, reason] of [
    [['secret.pem'], 2, /--meta/],
    [['secret.pem', '--meta', put('other.js', rsa.meta), '--name', 'Eve'], 4, /none of the private keys/],
    [['secret.pem', '--meta', 'meta.js', '--id', id, '--name', 'Eve'], 4, /meta/],
    [[put('half.js', ecc.meta.publicKey), '--meta', 'meta.js', '--name', 'Eve'], 3, /public key where a private one/],
    [
      [put('torn.json', { ...(JSON.parse(JSON.stringify(ecc)) as object), keys: { identity: {} } })],
      3,
      /keys\.identity/,
    ],
    [[put('forged.json', { ...(JSON.parse(JSON.stringify(ecc)) as object), meta: rsa.meta })], 4, /meta/],
  ] as const) {
    const outcome = await stranger.run(['id', 'import', ...line]);
    assert.equal(outcome.code, code, `${line.join(' ')}: ${outcome.err}`);
    assert.match(outcome.err, reason);
    assert.equal(outcome.out, '');
  }
});

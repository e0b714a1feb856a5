/** One more identity, the same one again, and an import that fails. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const environment = { DIM_FILE_PASSPHRASE: 'another passphrase' };
const alice = personIn(folder, 'alice');
await alice.json('id', 'new', '--name', 'Alice', '--terminal', 'desk');
assert.equal((await alice.run(['id', 'export', '--file', 'alice.dim'], { environment })).code, 0);

test('a second identity is made, and what follows of it is said', async () => {
  const home = personIn(folder, 'two');
  const first = await home.run(['id', 'new', '--name', 'One']);
  assert.equal(first.err, '');
  const second = await home.run(['id', 'new', '--name', 'Two', '--json']);
  assert.match(second.err, /has 2 identities now: say which with --as, or choose one with `dim id use ID`/);
  await home.json('id', 'use', 'One');
  const third = await home.run(['id', 'import', 'alice.dim'], { environment });
  assert.match(third.err, /has 3 identities now, and uses 0x/);
});

test('a name is not empty', async () => {
  const nobody = personIn(folder, 'nobody');
  for (const line of [
    ['id', 'new', '--name', ''],
    ['id', 'new', '--name', ' '],
    ['id', 'words', '--name', ''],
    ['id', 'import', 'alice.dim', '--name', ''],
  ]) {
    const { code, err } = await nobody.run(line, { environment });
    assert.equal(code, 2, err);
    assert.match(err, /--name must not be empty/);
  }
  assert.equal(existsSync(join(folder, 'nobody')), false);
});

test('a home that has the identity goes on as the device that it is, and says so', async () => {
  const home = personIn(folder, 'again');
  const first = await home.run(['id', 'import', 'alice.dim', '--terminal', 'attic', '--json'], { environment });
  assert.equal(first.code, 0, first.err);
  const { code, out, err } = await home.run(['id', 'import', 'alice.dim', '--same-device', '--json'], { environment });
  assert.equal(code, 0, err);
  assert.equal((JSON.parse(out) as { readonly terminal: string }).terminal, 'attic');
  assert.match(err, /was here already: .* goes on as the device attic/);
});

test('what cannot be imported makes no home', async () => {
  writeFileSync(join(folder, 'damaged.dim'), 'BEGIN DIM IDENTITY x');
  const nobody = personIn(folder, 'nobody');
  for (const [line, given] of [
    [['id', 'import', 'damaged.dim'], environment],
    [['id', 'import', 'alice.dim'], { DIM_FILE_PASSPHRASE: 'guess' }],
    [['id', 'import', 'alice.dim'], { ...environment, DIM_PASSPHRASE: '' }],
    [['id', 'import', 'alice.dim', '--terminal', 'desk'], environment],
    [['id', 'new', '--name', 'X'], { DIM_PASSPHRASE: '' }],
  ] as const) {
    const { code } = await nobody.run(line, { environment: given });
    assert.notEqual(code, 0);
    assert.equal(existsSync(join(folder, 'nobody')), false, line.join(' '));
  }
});

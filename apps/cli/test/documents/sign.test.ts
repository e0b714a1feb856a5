/** `dim doc sign`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { JsonMap } from 'dimp';
import { dim as context } from '../../src/home/dim.ts';
import { dim, personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const alice = personIn(folder, 'alice');
const bob = personIn(folder, 'bob');

before(async () => {
  await alice.json('id', 'new', '--name', 'Alice', '--terminal', 'phone');
  await bob.json('id', 'new', '--name', 'Bob');
});

type Signed = { readonly isKept: boolean; readonly document: JsonMap };

test('a name that is kept is what people see from then on, with the same keys', async () => {
  const { visas: earlier } = await alice.json('id', 'show', '--contact');
  const printed = (await alice.json(
    'doc',
    'sign',
    '--name',
    'Alice B.',
    '--set',
    'title="Captain"',
  )) as unknown as Signed;
  assert.equal(printed.isKept, false);
  assert.equal((await alice.json('id', 'show'))['name'], 'Alice');
  const kept = (await alice.json(
    'doc',
    'sign',
    '--name',
    'Alice B.',
    '--set',
    'title="Captain"',
    '--keep',
  )) as unknown as Signed;
  assert.equal(kept.isKept, true);
  assert.equal((await alice.json('id', 'show'))['name'], 'Alice B.');
  const { visas } = await alice.json('id', 'show', '--contact');
  const [was, is] = [earlier, visas].map((list) => context.Document.parse((list as JsonMap[])[0]));
  assert.deepEqual(is?.property('key'), was?.property('key'));
  assert.deepEqual(is?.property('keys'), was?.property('keys'));
  assert.equal(is?.property('title'), 'Captain');
  assert.ok((is?.time ?? 0) > (was?.time ?? 0));
  assert.equal(
    (await dim(folder, ['id', 'verify', '-'], { input: JSON.stringify(await alice.json('id', 'show', '--contact')) }))
      .code,
    0,
  );
  // The keys that decrypt are there still, and the rest of the visa.
  await alice.json('doc', 'sign', '--set', 'title=null', '--avatar', 'https://pictures.example/me.png', '--keep');
  const [last] = (await alice.json('id', 'show', '--contact'))['visas'] as JsonMap[];
  const document = context.Document.parse(last);
  assert.deepEqual(
    [document.property('title'), document.property('avatar'), document.name],
    [undefined, 'https://pictures.example/me.png', 'Alice B.'],
  );
});

test('the bulletin of a group is signed by its founder alone', async () => {
  writeFileSync(join(folder, 'bob.json'), JSON.stringify(await bob.json('id', 'show', '--contact')));
  await alice.json('contact', 'add', 'bob.json', '--alias', 'Bob');
  // Nobody answers there: the group is kept all the same.
  const environment = { DIM_STATION: '127.0.0.1:1' };
  const made = await alice.run(['group', 'new', 'Crew', '--member', 'Bob', '--json'], { environment });
  const { id: group } = JSON.parse(made.out) as { readonly id: string };
  const { document } = (await alice.json('doc', 'sign', group, '--name', 'The crew', '--keep')) as unknown as Signed;
  assert.equal(context.Document.parse(document).name, 'The crew');
  assert.equal((await alice.run(['doc', 'verify', '-'], { input: JSON.stringify(document) })).code, 0);
  const shown = await alice.json('doc', 'show', group);
  assert.deepEqual(
    (shown['documents'] as JsonMap[]).map(({ name }) => name),
    ['The crew'],
  );
  // Of a document of others nobody here has the key, and of a stranger not even the meta.
  const foreign = await bob.run(['doc', 'sign', '-', '--name', 'Mallory'], { input: JSON.stringify(document) });
  assert.equal(foreign.code, 5);
  assert.match(foreign.err, /no meta is known/);
});

test('what cannot be signed is said, and changes nothing', async () => {
  const cases: readonly [readonly string[], number, RegExp][] = [
    [[], 2, /--name, --avatar or --set/],
    [['--set', 'title'], 2, /NAME=JSON/],
    [['--set', 'title=Captain'], 2, /must be JSON/],
    [['--set', 'key={}'], 2, /cannot be set/],
    [['--set', 'time=1'], 2, /cannot be set/],
    [['--set', 'name=5'], 2, /name must be text/],
    [['--avatar', 'me.png'], 2, /--avatar must be/],
    [['--name', 'A', '--terminal', 'tablet'], 2, /no visa of tablet/],
  ];
  const earlier = await alice.json('id', 'show', '--contact');
  for (const [line, code, reason] of cases) {
    const outcome = await alice.run(['doc', 'sign', ...line, '--keep']);
    assert.equal(outcome.code, code, line.join(' '));
    assert.match(outcome.err, reason);
    assert.equal(outcome.out, '');
  }
  const wrong = await alice.run(['doc', 'sign', '--name', 'A', '--keep'], { environment: { DIM_PASSPHRASE: 'guess' } });
  assert.equal(wrong.code, 7);
  assert.deepEqual(await alice.json('id', 'show', '--contact'), earlier);
});

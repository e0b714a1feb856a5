/** `dim id verify`, `dim meta`, `dim doc show` and `verify`. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { JsonMap } from 'dimp';
import { dim as context } from '../../src/home/dim.ts';
import { dim, personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const alice = personIn(folder, 'alice');
const bob = personIn(folder, 'bob');

type VisaMap = { readonly data: string; readonly signature?: string };
type Contact = { readonly id: string; readonly meta: JsonMap; readonly visas: readonly VisaMap[] };
type Checked = {
  readonly id: string | null;
  readonly holds: boolean;
  readonly steps: readonly {
    readonly step: string;
    readonly holds: boolean;
    readonly says: string;
    readonly outcome: string;
  }[];
};

let ofAlice: Contact;
let ofBob: Contact;

before(async () => {
  await alice.json('id', 'new', '--name', 'Alice', '--terminal', 'phone');
  await bob.json('id', 'new', '--name', 'Bob', '--seed', 'bob', '--terminal', 'phone');
  ofAlice = (await alice.json('id', 'show', '--contact')) as unknown as Contact;
  ofBob = (await bob.json('id', 'show', '--contact')) as unknown as Contact;
});

async function check(
  line: readonly string[],
  input: unknown,
): Promise<{ code: number; checked: Checked; failed: string[] }> {
  const { code, out, err } = await dim(folder, [...line, '--json'], { input: JSON.stringify(input) });
  assert.equal(err, '');
  const checked = JSON.parse(out) as Checked;
  return { code, checked, failed: checked.steps.filter(({ holds }) => !holds).map(({ step }) => step) };
}

test('a contact that is sound holds step by step', async () => {
  for (const contact of [ofAlice, ofBob]) {
    const { code, checked } = await check(['id', 'verify', '-'], contact);
    assert.equal(code, 0);
    assert.equal(checked.id, contact.id);
    assert.deepEqual(
      checked.steps.map(({ step }) => step),
      ['ID', 'meta', 'meta is of the ID', 'fingerprint', 'visa of phone'],
    );
  }
  const { out, code } = await dim(folder, ['id', 'verify', '-'], { input: JSON.stringify(ofAlice) });
  assert.equal(code, 0);
  assert.match(out, /^ok  ID .*\n(ok .*\n){4}All of it holds\.\n$/);
});

test('whatever is wrong is named, and the exit code says so', async () => {
  const [visa = { data: '' }] = ofAlice.visas;
  const cases: readonly [unknown, readonly string[], number][] = [
    [{ ...ofAlice, id: ofAlice.id.replace(/[a-f]/i, (letter) => swapped(letter)) }, ['ID', 'visa of phone'], 3],
    [{ ...ofAlice, meta: ofBob.meta }, ['meta is of the ID', 'visa of phone'], 4],
    [
      { ...ofBob, meta: { ...ofBob.meta, fingerprint: ofAlice.visas[0]?.signature } },
      ['meta is of the ID', 'fingerprint', 'visa of phone'],
      4,
    ],
    [{ ...ofAlice, visas: [{ ...visa, data: visa.data.replace('"Alice"', '"Mallory"') }] }, ['visa of phone'], 4],
    [{ ...ofAlice, visas: ofBob.visas }, ['visa of phone'], 3],
    [{ ...ofAlice, visas: [{ ...visa, data: 5 }] }, ['document'], 3],
    [{ visas: ofAlice.visas }, ['meta', 'visa of phone'], 5],
    [{ meta: ofAlice.meta }, ['ID'], 3],
  ];
  for (const [contact, steps, exitCode] of cases) {
    const { code, checked, failed } = await check(['id', 'verify', '-'], contact);
    assert.deepEqual(failed, steps);
    assert.equal(checked.holds, false);
    assert.equal(code, exitCode, steps.join());
  }
});

test('what cannot be told without a meta is no fault of it', async () => {
  const environment = { DIM_HOME: join(folder, 'none') };
  const input = JSON.stringify(ofAlice.visas);
  for (const command of ['id', 'doc']) {
    const { code, out, err } = await dim(folder, [command, 'verify', '-'], { input, environment });
    assert.deepEqual([code, err], [5, '']);
    assert.match(out, /^ok {2}ID .*\n-- {2}meta .*`dim contact add ID`.*\n-- {2}visa of phone /);
    assert.match(out, /cannot be told here\.\n$/);
    assert.ok(!out.includes('NO'), out);
    const { checked } = await check([command, 'verify', '-'], ofAlice.visas);
    assert.deepEqual(
      checked.steps.map(({ outcome }) => outcome),
      ['good', 'unknown', 'unknown'],
    );
  }
  const alone = await dim(folder, ['id', 'verify', '-'], { input: JSON.stringify(ofAlice.meta), environment });
  assert.equal(alone.code, 3);
  assert.match(alone.out, /^-- {2}ID .*`dim meta verify`[^]*cannot be told here\.\n$/);
  // One that is wrong is worse than one that is missing.
  const other = await check(['id', 'verify', '-'], { ...ofAlice, meta: ofBob.meta });
  assert.deepEqual(
    [other.code, other.checked.steps.find(({ outcome }) => outcome === 'bad')?.step],
    [4, 'meta is of the ID'],
  );
});

function swapped(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

test('an ID is looked up in the home, and needs none for its checksum', async () => {
  const known = await alice.json('id', 'verify', ofAlice.id);
  assert.equal((known['steps'] as unknown[]).length, 5);
  const elsewhere = await dim(folder, ['id', 'verify', ofAlice.id], {
    environment: { DIM_HOME: join(folder, 'none') },
  });
  assert.equal(elsewhere.code, 5);
  assert.match(elsewhere.out, /^ok  ID .*\n--  meta .*not known here/);
  const broadcast = await dim(folder, ['id', 'verify', 'everyone@everywhere']);
  assert.equal(broadcast.code, 0);
  const none = await dim(folder, ['id', 'verify', 'nothing']);
  assert.equal(none.code, 3);
  assert.match(none.out, /^NO  ID /);
});

interface Vectors {
  readonly cases: readonly {
    readonly id: string;
    readonly meta: JsonMap;
    readonly document: JsonMap;
    readonly valid: boolean;
    readonly ids: readonly { readonly id: string }[];
  }[];
}

function vectors(name: string): Vectors['cases'] {
  const file = new URL(`../../../../../vectors/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as Vectors).cases;
}

test('metas and documents of other implementations hold as they should', async () => {
  const metas = vectors('metas');
  for (const { meta, valid, ids = [] } of metas) {
    if (!valid) {
      const { code } = await dim(folder, ['meta', 'verify', '-'], { input: JSON.stringify(meta) });
      assert.ok(code === 3 || code === 4);
      continue;
    }
    for (const { id } of ids) assert.equal((await check(['meta', 'verify', '-', id], meta)).code, 0, id);
    assert.deepEqual((await check(['meta', 'verify', '-', ofAlice.id], meta)).failed, ['meta is of the ID']);
  }
  for (const { id, document, valid } of vectors('documents')) {
    const meta = metas.find((one) => one.valid && one.ids.some((known) => known.id === id))?.meta;
    if (meta === undefined) continue;
    writeFileSync(join(folder, 'meta.js'), JSON.stringify(meta));
    const { code } = await check(['doc', 'verify', '-', '--meta', 'meta.js'], document);
    assert.equal(code, valid ? 0 : 4, JSON.stringify(document));
  }
});

test('a document from the future is believed by nobody', async () => {
  const { id, meta, visas, keys } = await context.createUser({ name: 'Dora', visaAlgorithms: ['X25519'] });
  const [visa] = visas;
  const later = await visa?.with({}).sign(keys.identity, { time: Date.now() / 1000 + 30 * 86_400 });
  const { code, checked, failed } = await check(['doc', 'verify', '-'], { id, meta, documents: [later] });
  assert.deepEqual([code, failed], [3, ['visa']]);
  assert.match(checked.steps.at(-1)?.says ?? '', /future/);
});

test('meta show says which IDs it gives, doc show what is unknown', async () => {
  writeFileSync(join(folder, 'bob.json'), JSON.stringify({ ...ofBob, meta: { ...ofBob.meta, extra: 1 } }));
  const meta = JSON.parse((await dim(folder, ['meta', 'show', 'bob.json', '--json'])).out) as JsonMap;
  assert.equal((meta['ids'] as JsonMap)['user'], ofBob.id);
  assert.deepEqual(Object.keys(meta['ids'] as JsonMap), ['user', 'group', 'station', 'bot']);
  assert.deepEqual([meta['seed'], meta['typeName'], meta['unknown']], ['bob', 'MKM', ['extra']]);
  const { out } = await dim(folder, ['meta', 'show', 'bob.json']);
  assert.match(out, /^type {5}1 \(MKM\)\n/);

  const { document } = await alice.json('doc', 'sign', '--set', 'title="Captain\\u001b[31m\\u202e"');
  const shown = await dim(folder, ['doc', 'show', '-', '--json'], {
    input: JSON.stringify([document, ofBob.visas[0]]),
  });
  const { documents } = JSON.parse(shown.out) as { readonly documents: readonly JsonMap[] };
  assert.deepEqual(
    documents.map(({ id, name, unknown, isSigned }) => [id, name, unknown, isSigned]),
    [
      [`${ofAlice.id}/phone`, 'Alice', ['data.title'], true],
      [`${ofBob.id}/phone`, 'Bob', [], true],
    ],
  );
  const text = await dim(folder, ['doc', 'show', '-'], { input: JSON.stringify(document) });
  assert.ok(!text.out.includes('\u001b') && !text.out.includes('\u202e'));
  assert.ok(text.out.includes(String.raw`Captain\u001b[31m\u202e`));
});

test('what is nothing of an identity is refused', async () => {
  for (const [line, input, code, reason] of [
    [['meta', 'show', '-'], '{"a":1}', 3, /neither a contact/],
    [['meta', 'show', '-'], 'hello', 3, /./],
    [['doc', 'show', '-'], JSON.stringify(ofAlice.meta), 2, /has no document/],
    [['meta', 'show', 'no-such-file'], '', 2, /neither a file nor an ID/],
    [['doc', 'verify', ofAlice.id], '', 2, /has no document/],
  ] as const) {
    const outcome = await dim(folder, line, { input, environment: { DIM_HOME: join(folder, 'none') } });
    assert.equal(outcome.code, code, outcome.err);
    assert.match(outcome.err, reason);
    assert.equal(outcome.out, '');
  }
});

/** The copy of what everybody may know of a home: where it is damaged, or cannot be written, nothing else is. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const alice = personIn(folder, 'alice');
const cards = join(folder, 'alice', 'identities.json');
const made = await alice.json('id', 'new', '--name', 'Alice');

interface CardsFile {
  readonly version: number;
  readonly identities: readonly { readonly card: JsonMap; readonly contact: JsonMap }[];
}

test('a damaged copy is as good as none', async () => {
  const sound = JSON.parse(readFileSync(cards, 'utf8')) as CardsFile;
  const [own] = sound.identities;
  assert.ok(own);
  const damaged: readonly unknown[] = [
    {},
    null,
    'x',
    ...Object.keys(own).map((name) => ({ ...own, [name]: undefined })),
    ...Object.keys(own.card).map((name) => ({ ...own, card: { ...own.card, [name]: 7 } })),
    { ...own, card: { ...own.card, visas: [{}] } },
    { ...own, card: { ...own.card, meta: {} } },
  ];
  for (const identities of [...damaged.map((one) => [one]), {}, 7, undefined]) {
    writeFileSync(cards, JSON.stringify({ version: 1, identities }));
    assert.deepEqual(await alice.json('id', 'show'), made);
    writeFileSync(cards, JSON.stringify({ version: 1, identities }));
    const { identities: listed } = await alice.json('id', 'list');
    assert.deepEqual(listed, [{ id: made['id'], name: 'Alice', isUsed: true }]);
  }
});

test('words are printed also where the copy cannot be written', async () => {
  rmSync(cards);
  mkdirSync(join(cards, 'something'), { recursive: true });
  const { words } = await alice.json('id', 'new', '--name', 'Bob', '--words');
  assert.equal((words as string).split(' ').length, 12);
  assert.equal(((await alice.json('id', 'list'))['identities'] as readonly unknown[]).length, 2);
});

/** `dim contact add` of cards that were changed: all of a card holds, or nothing of it is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { exitCodeOf } from '../../src/command/exit-codes.ts';
import { personIn, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const [alice, bob, mallory] = [personIn(folder, 'alice'), personIn(folder, 'bob'), personIn(folder, 'mallory')];

interface Card {
  readonly id: string;
  readonly meta: JsonMap;
  readonly visas: readonly JsonMap[];
}

async function cardOf(person: typeof alice, name: string): Promise<Card> {
  await person.json('id', 'new', '--name', name);
  return (await person.json('id', 'show', '--contact')) as unknown as Card;
}

await cardOf(alice, 'Alice');
const [card, other] = [await cardOf(bob, 'Bob'), await cardOf(mallory, 'Mallory')];
const [visa] = card.visas;
assert.ok(visa);

async function add(value: object, ...options: readonly string[]) {
  return alice.run(['contact', 'add', '-', '--json', ...options], { input: JSON.stringify(value) });
}

for (const [what, visas, errorCode, path] of [
  ["another one's visa", other.visas, 'INPUT_CONFLICT', 'visas[0].did'],
  [
    'a visa that was changed after it was signed',
    [{ ...visa, data: (visa['data'] as string).replace('Bob', 'Rob') }],
    'CRYPTO_VERIFY',
    'visas[0]',
  ],
  ['one more visa, of another', [visa, ...other.visas], 'INPUT_CONFLICT', 'visas[1].did'],
] as const)
  test(`a card with ${what} is refused, and adds nobody`, async () => {
    const { code, out } = await add({ ...card, visas });
    const { error } = JSON.parse(out) as { readonly error: { readonly code: string; readonly path: string } };
    assert.deepEqual([error.code, error.path], [errorCode, path]);
    assert.equal(code, exitCodeOf(errorCode));
    assert.deepEqual((await alice.json('contact', 'list'))['contacts'], []);
  });

test('who is known is what the store knows', async () => {
  const unknown = await add({ id: card.id }, '--offline');
  assert.equal((JSON.parse(unknown.out) as JsonMap)['isKnown'], false);
  assert.equal(unknown.code, 0, unknown.err);
  const { code, out } = await add(card);
  assert.equal(code, 0);
  const { isKnown, name } = JSON.parse(out) as JsonMap;
  assert.deepEqual([isKnown, name], [true, 'Bob']);
  const again = await alice.json('contact', 'add', card.id, '--offline');
  assert.equal(again['isKnown'], true, 'from the store');
});

test('what is no contact is told with the name of the file', async () => {
  const { code, err } = await alice.run(['contact', 'add', '-'], { input: '{"name":"package"}' });
  assert.equal(code, 3);
  assert.match(err, /^dim: standard input is no contact, as it has no `id`/);
});

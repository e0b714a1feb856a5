import { expect, test } from '@jest/globals';
import type { User } from 'dimp';
import { addLocalUser, withVault } from '../../src/index.ts';
import { createRecoveryWords, userFromWords } from '../../src/words.ts';
import { alice, bob, dim, errorOf, visaAlgorithms } from '../people.ts';
import { namedVault } from '../store/with-vault/named-vault.ts';
import { WatchedStore } from '../store/with-vault/watched-store.ts';

const asMap = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('addLocalUser keeps the keys that are there, in one commit with the rest', async () => {
  const words = createRecoveryWords();
  const recover = (terminal: string): Promise<User> =>
    userFromWords(dim, words, { name: 'Dora', terminals: [terminal], visaAlgorithms });
  const disk = new WatchedStore();
  const store = withVault(disk, namedVault('a'), dim);
  const [first, second] = [await recover('phone'), await recover('phone-2')];
  expect(asMap(await addLocalUser(dim, store, first))).toEqual(asMap(first));
  const seen = disk.seen.length;
  const merged = await addLocalUser(dim, store, { ...second, id: second.id.at('phone-2') });
  expect(merged.visas.map(({ terminal }) => terminal)).toEqual(['phone', 'phone-2']);
  expect(asMap(merged.keys.decrypt)).toEqual(asMap([...second.keys.decrypt, ...first.keys.decrypt]));
  expect(asMap(await store.keys(first.id))).toEqual(asMap(merged.keys));
  expect(disk.seen.slice(seen).filter((change) => change.do === 'keep-document')).toHaveLength(1);
  await addLocalUser(dim, store, second);
  expect(asMap(await store.keys(first.id))).toEqual(asMap(merged.keys));
});

test('addLocalUser keeps nothing of a user who is not to be believed', async () => {
  const disk = new WatchedStore();
  const store = withVault(disk, namedVault('a'), dim);
  const error = await errorOf(() => addLocalUser(dim, store, { ...alice, keys: bob.keys }));
  expect([error.code, error.path]).toEqual(['CRYPTO_VERIFY', 'keys.identity']);
  for (const wrong of [undefined, {}, { ...alice, keys: undefined }])
    expect((await errorOf(() => addLocalUser(dim, store, wrong as never))).code).toBe('USAGE_ARGUMENT');
  expect([disk.seen, disk.dump()]).toEqual([[], '']);
});

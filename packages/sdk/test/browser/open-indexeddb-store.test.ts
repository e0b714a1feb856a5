import { describe, expect, test } from '@jest/globals';
import { storeFailure } from '../../src/browser/failures.ts';
import { deleteIndexedDbStore, openIndexedDbStore, type IndexedDbStoreOptions } from '../../src/browser/index.ts';
import { dim } from '../people.ts';

const OPTIONS: IndexedDbStoreOptions = { dim, name: 'test', vault: 'unprotected' };

describe('opening a store', () => {
  test('where there is no IndexedDB is a clear error', async () => {
    for (const call of [openIndexedDbStore(OPTIONS), deleteIndexedDbStore({ name: 'test' })])
      await expect(call).rejects.toMatchObject({
        code: 'STORE_FAILED',
        reason: expect.stringContaining('no IndexedDB') as unknown,
      });
  });

  test.each<[path: string, options: object]>([
    ['name', { name: '' }],
    ['name', { name: 7 }],
    ['vault', { vault: undefined }],
    ['vault', { vault: 'none' }],
    ['dim', { dim: undefined }],
    ['dim.ID', { dim: { ...dim, ID: undefined } }],
    ['strangers', { strangers: -1 }],
    ['strangersLength', { strangersLength: 0.5 }],
    ['messageKeys', { messageKeys: Number.NaN }],
    ['readMarks', { readMarks: 0 }],
    ['readMarksAge', { readMarksAge: Number.NaN }],
  ])('refuses a wrong %s', async (path, options) => {
    const call = openIndexedDbStore({ ...OPTIONS, ...options });
    await expect(call).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path });
  });
});

test('what a browser says is told in the words of the port, with its own as the cause', () => {
  const named = (name: string): Error => Object.assign(new Error('from the browser'), { name });
  for (const [name, code] of [
    ['QuotaExceededError', 'STORE_FULL'],
    ['VersionError', 'STORE_VERSION'],
    ['UnknownError', 'STORE_FAILED'],
  ] as const) {
    const error = named(name);
    expect(storeFailure(error)).toMatchObject({ code, cause: error });
  }
  expect(storeFailure(undefined)).toMatchObject({ code: 'STORE_FAILED' });
  const known = storeFailure(named('QuotaExceededError'));
  expect(storeFailure(known)).toBe(known);
});

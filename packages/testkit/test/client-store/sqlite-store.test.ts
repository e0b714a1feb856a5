/** The store in SQLite keeps the contract, with the SQLite that is here. */
import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from 'dimsdk/node';
import { passphraseVault, type ClientStore } from 'dimsdk';
import { assertContract, checkClientStore } from '../../src/client-store/index.ts';
import { dim } from '../store/spoiled-stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'dimsdk-contract-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const vault = passphraseVault('geheim', { cost: 16, lowestCost: 16 });

test.each([
  ['without a vault', 'unprotected'],
  ['with a vault', vault],
] as const)('openSqliteStore gives what keeps the contract of stores for clients: %s', async (what, chosen) => {
  let count = 0;
  const paths = new WeakMap<ClientStore, string>();
  const openAt = async (path: string): Promise<ClientStore> => {
    const store = await openSqliteStore({ dim, path, vault: chosen });
    paths.set(store, path);
    return store;
  };
  const again = (store: ClientStore) => openAt(paths.get(store) ?? '');
  const report = await checkClientStore({
    dim,
    open: () => openAt(join(folder, `${what}-${count++}.db`)),
    reopen: async (store) => {
      await store.close();
      return again(store);
    },
    openAgain: again,
  });
  assertContract(report);
  expect(report.checked.length).toBeGreaterThan(60);
});

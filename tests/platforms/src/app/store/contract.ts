/** The contract of stores for clients, over IndexedDB. */
import { passphraseVault, type ClientStore, type KeyVault } from 'dimsdk';
import { deleteIndexedDbStore } from 'dimsdk/browser';
import { checkClientStore } from 'dimtestkit/client-store';
import { dim, openStore } from './open.ts';

/** What came of it, as data. */
export interface ContractOutcome {
  readonly passed: number;
  readonly failures: readonly string[];
}

/** With a vault, or without one. */
export type Protection = 'vault' | 'unprotected';

/** Runs all rules. @param prefix of the names of the stores, which are deleted in the end */
export async function runContract(prefix: string, protection: Protection): Promise<ContractOutcome> {
  const names = new Map<ClientStore, string>();
  const vault: KeyVault | 'unprotected' =
    protection === 'vault' ? passphraseVault('correct horse', { cost: 16, lowestCost: 16 }) : 'unprotected';
  const open = async (name: string): Promise<ClientStore> => {
    const store = await openStore(name, { vault });
    names.set(store, name);
    return store;
  };
  const openSame = async (store: ClientStore): Promise<ClientStore> => open(names.get(store) ?? '');
  const { checked, failures } = await checkClientStore({
    dim,
    open: () => open(`${prefix} ${names.size}`),
    reopen: async (store) => {
      await store.close();
      return openSame(store);
    },
    openAgain: openSame,
  });
  for (const name of new Set(names.values())) await deleteIndexedDbStore({ name });
  return {
    passed: checked.length - failures.length,
    failures: failures.map(
      ({ rule, where, expected, received }) => `${where}: ${rule}\nexpected: ${expected}\nreceived: ${received}`,
    ),
  };
}

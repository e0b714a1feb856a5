import { test } from '@jest/globals';
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { MemoryClientStore, passphraseVault, withVault, type ClientStore } from 'dimsdk';
import { assertContract, checkClientStore } from '../../src/client-store/index.ts';

const dim = createDim({ plugins: [standardPlugin()] });
const vault = passphraseVault('geheim', { cost: 16, lowestCost: 16 });

/** The store behind each one that was opened. */
const behind = new WeakMap<ClientStore, MemoryClientStore>();

test.each([
  ['with keys', dim],
  ['with the maps of keys', undefined],
])('a store with a vault does what clients rely on: %s', async (_, codecs) => {
  function opened(store: MemoryClientStore): ClientStore {
    const vaulted = withVault(store, vault, codecs);
    behind.set(vaulted, store);
    return vaulted;
  }
  const again = (store: ClientStore): ClientStore => opened((behind.get(store) ?? new MemoryClientStore()).openAgain());
  assertContract(
    await checkClientStore({ dim, open: () => opened(new MemoryClientStore()), reopen: again, openAgain: again }),
  );
});

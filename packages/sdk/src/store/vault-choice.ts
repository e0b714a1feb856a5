/** Whether a store on a disk has a vault before it: said by whoever opens it, each time, and the same each time. */
import { DimError, type Awaitable, type ID, type KeyRing } from 'dimp';
import { typeName } from 'dimp/extend';
import type { ClientStore } from '../ports/client-store.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import { keyringRows } from './keyring-rows.ts';
import type { RingCodecs } from './sealed-ring.ts';
import { withVault } from './with-vault.ts';

/** What seals the private keys; or that nothing does, so that whoever can read the disk has them. */
export type VaultChoice = KeyVault | 'unprotected';

/** A store that can tell which private keys it keeps as they are. */
export interface UnsealedKeys {
  unsealedRings(): Awaitable<readonly { readonly id: ID; readonly keys: KeyRing }[]>;
  /** Removes them, so that nothing of them is left on the disk. */
  dropUnsealedRings(): Awaitable<void>;
}

/** @throws DimError `USAGE_ARGUMENT`: nobody is to have unprotected keys by leaving something out */
export function checkVaultChoice(vault: unknown): void {
  if (vault === 'unprotected' || (typeof vault === 'object' && vault !== null)) return;
  throw new DimError('USAGE_ARGUMENT', `must be a vault or 'unprotected', not ${typeName(vault)}`, { path: 'vault' });
}

/**
 * The store with its vault. Keys that were kept without one are sealed.
 * @throws DimError `USAGE_ARGUMENT` where there are sealed keys, and no vault; `VAULT_PASSPHRASE`; what the store throws
 */
export async function withChosenVault(
  store: ClientStore & UnsealedKeys,
  vault: VaultChoice,
  codecs: RingCodecs,
): Promise<ClientStore> {
  if (vault === 'unprotected') {
    // Nobody would find the keys that are there.
    if ((await keyringRows(store, 1)).length === 0) return store;
    throw new DimError('USAGE_ARGUMENT', 'the keys in this store are sealed: give the vault of them', {
      path: 'vault',
    });
  }
  const vaulted = withVault(store, vault, codecs);
  const rings = await store.unsealedRings();
  if (rings.length === 0) return vaulted;
  await vaulted.commit(rings.map(({ id, keys }) => ({ do: 'keep-keys', id, keys })));
  // Where the process ends before this, both are done again.
  await store.dropUnsealedRings();
  return vaulted;
}

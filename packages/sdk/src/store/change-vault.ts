/** Another passphrase, or another keystore, for all keys of a store. */
import { requireArgument } from 'dimp/extend';
import { asDimError } from 'dimp/internal';
import type { ClientStore, RowChange } from '../ports/client-store.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import { keyringRows, putRing, readKeyringRow, takeTurn } from './keyring-rows.ts';
import { isOfApplication } from './own-fault.ts';
import { openRing, sealRing } from './sealed-ring.ts';
import { checkVault, inTurn, VaultedStore } from './with-vault.ts';

/** From which vault to which. */
export interface ChangeVaultOptions {
  /** Opens what is there: the passphrase of before. */
  readonly from: KeyVault;
  /** Seals it anew. */
  readonly to: KeyVault;
}

/**
 * Seals the rings of all local users by another vault, in one commit: all of them or none, wherever the process ends. A
 * store that {@link withVault} gave goes on with the new one; another process, or tab, finds that it needs the new passphrase.
 *
 * What was sealed before may still be in a copy of the database that somebody has: the passphrase of before opens that.
 *
 * @throws DimError `VAULT_PASSPHRASE` when `from` does not open all rings; `INPUT_…` or `INTERNAL_STORE` for one that is
 * damaged; `STORE_CONFLICT` when one was removed meanwhile; what the store throws. In each case everything is as it was
 * @example
 * ```ts
 * import { changeVault, passphraseVault, type ClientStore } from 'dimsdk';
 *
 * async function changePassphrase(store: ClientStore, before: string, after: string): Promise<void> {
 *   await changeVault(store, { from: passphraseVault(before), to: passphraseVault(after) });
 * }
 * ```
 */
export async function changeVault(store: ClientStore, options: ChangeVaultOptions): Promise<void> {
  const { from, to } = requireArgument(options, 'options');
  checkVault(from, 'from');
  checkVault(to, 'to');
  if (store instanceof VaultedStore) return store.changeVault(to, async (behind) => sealAnew(behind, { from, to }));
  return sealAnew(store, { from, to });
}

async function sealAnew(store: ClientStore, { from, to }: ChangeVaultOptions): Promise<void> {
  return inTurn(store, async (turn) => {
    const changes: RowChange[] = [];
    for (const row of await keyringRows(store)) {
      const { key, id, sealed } = readKeyringRow(row);
      const text = await openRing(from, key, sealed).catch((error: unknown) => {
        throw isOfApplication(error) ? error : asDimError(error).within(`keyring.${key}`);
      });
      changes.push(putRing(id, key, await sealRing(to, key, text), 'present'));
    }
    if (changes.length > 0) await store.commit([], [...changes, ...takeTurn(turn)]);
  });
}

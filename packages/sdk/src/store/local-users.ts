/** Who this device belongs to. */
import { DimError, type ID, type IdCodec } from 'dimp';
import type { ClientStore } from '../ports/client-store.ts';
import { keyringRows, readKeyringRow } from './keyring-rows.ts';

/**
 * The users whose private keys a store has, sealed by a vault; in the order of their entity keys. It needs no passphrase.
 *
 * @param codecs reads the IDs: a context, `dim`
 * @throws DimError `INTERNAL_STORE` for a row that is none
 * @example
 * ```ts
 * import { localUsers, type ClientStore } from 'dimsdk';
 * import type { Dim } from 'dimp';
 *
 * async function whoAmI(dim: Dim, store: ClientStore): Promise<string[]> {
 *   return (await localUsers(store, dim)).map(String);
 * }
 * ```
 */
export async function localUsers(store: ClientStore, codecs: { readonly ID: IdCodec }): Promise<readonly ID[]> {
  return (await keyringRows(store)).map((row) => {
    const { key, id } = readKeyringRow(row);
    const known = codecs.ID.tryParse(id);
    if (known?.entityKey === key) return known.entity;
    throw new DimError('INTERNAL_STORE', 'the store has keys under the ID of another', { path: 'keyring' });
  });
}

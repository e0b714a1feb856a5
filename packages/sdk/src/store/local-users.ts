/** Who this device belongs to. */
import { DimError, type ID, type IdCodec } from 'dimp';
import { textOf } from 'dimp/extend';
import type { ClientStore, RowChange } from '../ports/client-store.ts';
import { requireMethod } from '../usage/check-usage.ts';
import { keyringRows, readKeyringRow } from './keyring-rows.ts';

/** The table of users that were added: whether or not their keys are sealed, this device is theirs. */
const TABLE = 'local-user';
const PARTITION = '';

/** The row that says that a user belongs to this device. */
export function localUserRow(id: ID): RowChange {
  const value = { id: id.entity.toString() };
  return { do: 'put-row', row: { table: TABLE, key: id.entityKey, partition: PARTITION, order: 0, value } };
}

/** What removes that row; undefined where there is none. */
export async function removeLocalUserRow(store: ClientStore, id: ID): Promise<RowChange | undefined> {
  const row = (await store.row(TABLE, id.entityKey)) ?? undefined;
  return row && { do: 'delete-row', table: TABLE, key: id.entityKey };
}

/**
 * The users that this device belongs to: those of `addLocalUser` and `importIdentity`, and all whose private keys are sealed in the
 * store. In the order of their entity keys, without terminals. It needs no passphrase.
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
  requireMethod(store, 'rows', 'store');
  const added = await store.rows(TABLE, PARTITION, { limit: 1000 });
  const ids = new Map<string, string>(added.map(({ key, value }) => [key, textOf(value, 'id')]));
  for (const row of await keyringRows(store)) {
    const { key, id } = readKeyringRow(row);
    ids.set(key, id);
  }
  return [...ids]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, id]) => {
      const known = codecs.ID.tryParse(id);
      if (known?.entityKey === key) return known.entity;
      throw new DimError('INTERNAL_STORE', 'the store has keys under the ID of another', { path: 'keyring' });
    });
}

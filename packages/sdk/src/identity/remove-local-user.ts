/** A user who leaves this device. */
import { type ID } from 'dimp';
import { checkId } from 'dimp/internal';
import type { ClientStore, RowChange } from '../ports/client-store.ts';
import { keyringRow, removeRing, takeTurn } from '../store/keyring-rows.ts';
import { removeLocalUserRow } from '../store/local-users.ts';
import { inTurn } from '../store/with-vault.ts';
import { requireMethod } from '../usage/check-usage.ts';

/**
 * Takes the private keys of a user from this device, for good: nobody signs or reads with them here any more, and `localUsers` does
 * not name the user. What everybody may know, metas and visas, stays, as do messages and contacts. Whoever has neither an exported
 * identity nor recovery words has lost it.
 *
 * It needs no passphrase, and runs inside of `store.exclusive`: call it outside, and end the client of the user before.
 *
 * @returns whether there was anything to remove
 * @throws DimError `USAGE_ARGUMENT`; what the store throws
 * @example
 * ```ts
 * import { removeLocalUser, type ClientStore } from 'dimsdk';
 * import type { ID } from 'dimp';
 *
 * async function leave(store: ClientStore, self: ID): Promise<void> {
 *   await removeLocalUser(store, self);
 * }
 * ```
 */
export async function removeLocalUser(store: ClientStore, id: ID): Promise<boolean> {
  requireMethod(store, 'exclusive', 'store');
  checkId(id, 'id');
  return store.exclusive(async () => {
    const ring = await keyringRow(store, id.entityKey);
    const row = await removeLocalUserRow(store, id);
    if (ring !== undefined) {
      await inTurn(store, async (turn) => {
        const rows: RowChange[] = [removeRing(id.entityKey), ...takeTurn(turn)];
        await store.commit([], row === undefined ? rows : [row, ...rows]);
      });
      return true;
    }
    const keys = await store.keys(id);
    if (row === undefined && keys === undefined) return false;
    // A store without a vault has no other way to say it: a ring without keys.
    await store.commit(
      keys === undefined ? [] : [{ do: 'keep-keys', id: id.entity, keys: { identity: undefined, decrypt: [] } }],
      row === undefined ? [] : [row],
    );
    return true;
  });
}

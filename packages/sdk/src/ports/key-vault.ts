/** Vaults: where small secrets, such as private keys, are made unreadable for whoever has the disk. */
import type { JsonMap } from 'dimp';

/**
 * Seals small secrets and opens them again: by a passphrase, or by the keystore of a platform. It keeps none of them.
 *
 * A label says what a secret is for. It is no secret, and it is authenticated: what was sealed under one label opens
 * under no other, so that nobody puts the keys of one user in the place of another's.
 */
export interface KeyVault {
  /**
   * Makes a secret unreadable. Sealing the same twice gives two different values.
   * @param secret the caller's: the vault neither keeps nor changes it
   * @returns JSON that tells all there is to know, but the secret of the vault itself: it may lie anywhere
   */
  seal(secret: Uint8Array, label: string): Promise<JsonMap>;
  /**
   * Gives back a secret, as an array of the caller's own, which may be overwritten.
   * @throws DimError `VAULT_PASSPHRASE` when it was sealed by another vault, under another label, or changed since: nothing
   * tells which; `INPUT_…` for what no vault of this kind has sealed; `STORE_VERSION` for what a later version of it has
   */
  open(sealed: JsonMap, label: string): Promise<Uint8Array>;
}

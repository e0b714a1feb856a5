/** What the engine asks of the browser, so that it runs in tests without one. */
import type { Clock, ClientStore, Fetch, PassphraseVaultOptions, Transport, VaultChoice } from 'dimsdk';

export interface Platform {
  /** Opens the database of this origin, as `openIndexedDbStore` does. */
  openStore(vault: VaultChoice): Promise<ClientStore>;
  /** Deletes all of it. */
  deleteStore(): Promise<void>;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** The address of the page, without what stands behind `#`. */
  readonly page: string;
  /** How a passphrase seals, where it is not as usual: tests take less time. */
  readonly sealing?: PassphraseVaultOptions | undefined;
}

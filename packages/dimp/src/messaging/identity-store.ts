/** What an application remembers of identities and message keys. The library keeps nothing of its own. */
import type { Awaitable, DecryptKey, Document, ID, KeyDirection, Meta, PrivateKey, SymmetricKey } from 'dkd';

/**
 * The application's memory. Implement it over any storage; `MemoryStore` is one in memory.
 *
 * What it gives back is trusted: it must have verified metas and documents before it kept them, as `MemoryStore`
 * does. IDs are to be compared without their terminals: `id.entityKey` is made for that.
 */
export interface IdentityStore {
  /** The one meta of an ID, pinned when it was first seen. */
  meta(id: ID): Awaitable<Meta | undefined>;
  /** The documents of an ID: a user's visas, one for each terminal; a group's bulletin. */
  documents(id: ID): Awaitable<readonly Document[]>;
  /** The private keys of a local user: the identity key first. Empty for everybody else. */
  privateKeys(id: ID): Awaitable<readonly (PrivateKey | DecryptKey)[]>;
  /** The members of a group. */
  members(group: ID): Awaitable<readonly ID[]>;
  /** The last message key of a direction. */
  messageKey(direction: KeyDirection): Awaitable<SymmetricKey | undefined>;
  saveMessageKey(direction: KeyDirection, key: SymmetricKey): Awaitable<void>;
  /**
   * Keeps a meta that came with a message, if it is sound.
   * @throws DimError `CRYPTO_VERIFY` when it is not that ID's, `CRYPTO_META_CHANGED` when another one is pinned
   */
  saveMeta(id: ID, meta: Meta): Awaitable<void>;
  /**
   * Keeps a document that came with a message, if the pinned meta verifies it.
   * @returns whether it is newer than what was there
   * @throws DimError `MISSING_META`, `CRYPTO_VERIFY`, `INPUT_TIME` for one from the future
   */
  saveDocument(document: Document): Awaitable<boolean>;
}

/** An {@link IdentityStore} in memory: for tests, bots and small applications. */
import { BoundedCache, currentTime, DimError, encodeBase64, verifyMeta } from 'dkd';
import type { DecryptKey, Document, ID, KeyDirection, Meta, PrivateKey, SymmetricKey } from 'dkd';
import type { Group } from '../accounts/create-group.ts';
import type { User } from '../accounts/create-user.ts';
import type { IdentityStore } from './identity-store.ts';
import { withDocument } from './newest-documents.ts';

/** Somebody shows another key for an ID than the one that is pinned: somebody stole or forged an identity. */
export interface MetaAlarm {
  readonly id: ID;
  readonly pinned: Meta;
  readonly offered: Meta;
}

/** How a {@link MemoryStore} remembers. */
export interface MemoryStoreOptions {
  /** How many message keys are kept, the most recently used ones; 10,000, if not given. */
  readonly messageKeys?: number;
  /** How many documents of one ID are kept, its visas among them; 64, if not given. */
  readonly documentsPerId?: number;
  /** How far the clock of one who signed a document may be ahead of ours, in seconds; a day, if not given. */
  readonly maxSkew?: number;
  /** Told of another meta for a known ID, before the `CRYPTO_META_CHANGED` error. */
  readonly onMetaChanged?: (alarm: MetaAlarm) => void;
  /** The time now, in seconds since 1970. */
  readonly clock?: () => number;
}

const DAY = 24 * 60 * 60;

/**
 * Remembers identities until the process ends. Everything is verified on the way in: a meta by its ID, a document by the
 * pinned meta.
 */
export class MemoryStore implements IdentityStore {
  readonly #metas = new Map<string, Meta>();
  readonly #documents = new Map<string, readonly Document[]>();
  readonly #privateKeys = new Map<string, readonly (PrivateKey | DecryptKey)[]>();
  readonly #members = new Map<string, readonly ID[]>();
  readonly #messageKeys: BoundedCache<string, SymmetricKey>;
  readonly #options: MemoryStoreOptions;

  constructor(options: MemoryStoreOptions = {}) {
    this.#messageKeys = new BoundedCache(options.messageKeys ?? 10_000);
    this.#options = options;
  }

  /** Keeps a user of this device, with the private keys. */
  async addUser(user: User): Promise<void> {
    await this.addContact(user);
    this.#privateKeys.set(user.id.entityKey, user.privateKeys);
  }

  /** Keeps what everybody may know of a user. */
  async addContact(contact: Pick<User, 'id' | 'meta' | 'visas'>): Promise<void> {
    await this.saveMeta(contact.id, contact.meta);
    for (const visa of contact.visas) await this.saveDocument(visa);
  }

  /** Keeps a group and its members. */
  async addGroup(group: Group): Promise<void> {
    await this.saveMeta(group.id, group.meta);
    await this.saveDocument(group.bulletin);
    this.setMembers(group.id, group.members);
  }

  /** Sets the members of a group. */
  setMembers(group: ID, members: readonly ID[]): void {
    this.#members.set(group.entityKey, members);
  }

  /** Sets the private keys of a user of this device, the identity key first. */
  setPrivateKeys(id: ID, keys: readonly (PrivateKey | DecryptKey)[]): void {
    this.#privateKeys.set(id.entityKey, keys);
  }

  async saveMeta(id: ID, meta: Meta): Promise<void> {
    if (!(await verifyMeta(meta, id))) throw new DimError('CRYPTO_VERIFY', 'the meta is not that of the ID');
    const pinned = this.meta(id);
    if (pinned === undefined) this.#metas.set(id.entityKey, meta);
    else if (!sameKey(pinned, meta)) {
      this.#options.onMetaChanged?.({ id, pinned, offered: meta });
      throw new DimError('CRYPTO_META_CHANGED', 'another meta is pinned for the ID', { path: 'meta' });
    }
  }

  async saveDocument(document: Document): Promise<boolean> {
    const { maxSkew = DAY, clock = currentTime, documentsPerId = 64 } = this.#options;
    const meta = this.meta(document.did);
    if (meta === undefined) throw new DimError('MISSING_META', 'a document needs the meta of its ID first');
    if (!(await document.verify(meta.publicKey)))
      throw new DimError('CRYPTO_VERIFY', 'the document is not signed by its ID');
    // One from the future could never be replaced by a right one.
    if ((document.time ?? 0) > clock() + maxSkew)
      throw new DimError('INPUT_TIME', 'is in the future', { path: 'data.time' });
    const documents = withDocument(this.documents(document.did), document);
    if (documents === undefined) return false;
    if (documents.length > documentsPerId)
      throw new DimError('INPUT_LIMIT', `an ID has at most ${documentsPerId} documents`);
    this.#documents.set(document.did.entityKey, documents);
    return true;
  }

  /**
   * Forgets the meta and the documents of an ID. The next meta is pinned anew: only for a user who was shown the alarm
   * and has checked the new key by other means.
   */
  forget(id: ID): void {
    this.#metas.delete(id.entityKey);
    this.#documents.delete(id.entityKey);
  }

  meta(id: ID): Meta | undefined {
    return this.#metas.get(id.entityKey);
  }

  documents(id: ID): readonly Document[] {
    return this.#documents.get(id.entityKey) ?? [];
  }

  privateKeys(id: ID): readonly (PrivateKey | DecryptKey)[] {
    return this.#privateKeys.get(id.entityKey) ?? [];
  }

  members(group: ID): readonly ID[] {
    return this.#members.get(group.entityKey) ?? [];
  }

  messageKey(direction: KeyDirection): SymmetricKey | undefined {
    return this.#messageKeys.get(cacheKey(direction));
  }

  saveMessageKey(direction: KeyDirection, key: SymmetricKey): void {
    this.#messageKeys.set(cacheKey(direction), key);
  }
}

function cacheKey({ sender, destination }: KeyDirection): string {
  // A blank is in no ID, so that no two pairs make one text.
  return `${sender.entityKey} ${destination.entityKey}`;
}

function sameKey(one: Meta, other: Meta): boolean {
  const [a, b] = [one.publicKey, other.publicKey];
  return a.algorithm === b.algorithm && encodeBase64(a.data) === encodeBase64(b.data);
}

/** An {@link IdentityStore} in memory: for tests, bots and small applications. */
import { BoundedCache, DimError, verifyMeta, Visa } from 'dkd';
import type { Document, ID, KeyDirection, Meta, PrivateKey, SymmetricKey } from 'dkd';
import type { Group } from '../accounts/create-group.ts';
import type { User } from '../accounts/create-user.ts';
import type { IdentityStore } from './identity-store.ts';

const DEFAULT_KEY_CAPACITY = 10_000;

/** Remembers identities until the process ends. Everything is verified on the way in. */
export class MemoryStore implements IdentityStore {
  readonly #metas = new Map<string, Meta>();
  readonly #documents = new Map<string, Map<string, Document>>();
  readonly #privateKeys = new Map<string, readonly PrivateKey[]>();
  readonly #members = new Map<string, readonly ID[]>();
  readonly #messageKeys: BoundedCache<string, SymmetricKey>;

  /** @param options.messageKeys how many message keys are kept, the most recently used ones */
  constructor(options: { readonly messageKeys?: number } = {}) {
    this.#messageKeys = new BoundedCache(options.messageKeys ?? DEFAULT_KEY_CAPACITY);
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
  setPrivateKeys(id: ID, keys: readonly PrivateKey[]): void {
    this.#privateKeys.set(id.entityKey, keys);
  }

  async saveMeta(id: ID, meta: Meta): Promise<void> {
    if (!(await verifyMeta(meta, id))) throw new DimError('CRYPTO_VERIFY', 'the meta is not that of the ID');
    const pinned = this.meta(id);
    if (pinned === undefined) this.#metas.set(id.entityKey, meta);
    else if (!sameKey(pinned, meta)) throw new DimError('CRYPTO_META_CHANGED', 'another meta is pinned for the ID');
  }

  async saveDocument(document: Document): Promise<boolean> {
    const owner = document.did.entityKey;
    const meta = this.meta(document.did);
    if (meta === undefined) throw new DimError('MISSING_META', 'a document needs the meta of its ID first');
    if (!(await document.verify(meta.publicKey)))
      throw new DimError('CRYPTO_VERIFY', 'the document is not signed by its ID');
    const known = this.#documents.get(owner) ?? new Map<string, Document>();
    const slot = `${document.type}/${document instanceof Visa ? (document.terminal ?? '') : ''}`;
    const earlier = known.get(slot);
    if (earlier !== undefined && (document.time ?? 0) <= (earlier.time ?? 0)) return false;
    this.#documents.set(owner, known.set(slot, document));
    return true;
  }

  meta(id: ID): Meta | undefined {
    return this.#metas.get(id.entityKey);
  }

  documents(id: ID): readonly Document[] {
    return [...(this.#documents.get(id.entityKey)?.values() ?? [])];
  }

  privateKeys(id: ID): readonly PrivateKey[] {
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
  return (
    a.algorithm === b.algorithm &&
    a.data.length === b.data.length &&
    a.data.every((byte, index) => byte === b.data[index])
  );
}

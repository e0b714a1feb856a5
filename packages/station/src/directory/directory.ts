/** Whom the station knows: a store of the library over the records of the engine. It keeps nothing that was not verified. */
import {
  DimError,
  isDimError,
  MemoryStore,
  Visa,
  type Awaitable,
  type Change,
  type Dim,
  type Document,
  type ID,
  type KeptMessageKey,
  type KeyDirection,
  type KeyRing,
  type MessageKeyUse,
  type PinnedMeta,
  type ReadMark,
  type ReadState,
  type Store,
  type VerifiedDocument,
} from 'dimp';
import { BoundedCache, commitInTurn } from 'dimp/internal';
import type { Clock, Logger } from 'dimsdk';
import type { RecordChange, Records } from '../ports/records.ts';
import { identityOf, recordOf, UNKNOWN, weightOf, withDocument, type KnownIdentity } from './known-identity.ts';

/** Those who have logged in here, and those who have not. */
export const USERS = 'user';
export const STRANGERS = 'stranger';

/** How many identities are held ready, and how many characters of them. */
const READY = 50_000;
const READY_LENGTH = 64 * 1024 * 1024;

/** The most that is kept of one identity: no key, and no visa with a picture in it, comes near. */
const MOST_OF_ONE = 512 * 1024;

/** What a {@link Directory} is made of. */
export interface DirectoryOptions {
  readonly dim: Dim;
  /** The station itself, which is known from its own file. */
  readonly self: ID;
  readonly records: Records;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** As many may log in here, of whom something is kept. */
  readonly users: number;
}

/** Metas and documents of others, and the station's own keys. */
export class Directory implements Store {
  readonly #options: DirectoryOptions;
  /** The station's own identity, and its message keys. */
  readonly #own = new MemoryStore({ messageKeys: 2000 });
  #ready = newCache();
  readonly #loading = new Map<string, Promise<KnownIdentity>>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  meta(id: ID): Awaitable<PinnedMeta | undefined> {
    if (this.#isOwn(id)) return this.#own.meta(id);
    return after(this.#known(id), ({ pinned }) => pinned);
  }

  documents(id: ID): Awaitable<readonly VerifiedDocument[]> {
    if (this.#isOwn(id)) return this.#own.documents(id);
    return after(this.#known(id), ({ documents }) => documents);
  }

  keys(id: ID): KeyRing | undefined {
    return this.#own.keys(id);
  }

  members(): readonly ID[] {
    return [];
  }

  messageKeys(direction: KeyDirection, use: MessageKeyUse): readonly KeptMessageKey[] {
    return this.#own.messageKeys(direction, use);
  }

  /** Whether a message came before is told by its traces. */
  readState(mark: ReadMark): ReadState {
    return this.#own.readState(mark);
  }

  async commit(changes: readonly Change[]): Promise<void> {
    const changed = new Map<string, KnownIdentity>();
    for (const change of changes) {
      const id = identityIn(change);
      if (id === undefined || this.#isOwn(id)) this.#own.commit([change]);
      else changed.set(id.entityKey, changedBy(changed.get(id.entityKey) ?? (await this.#known(id)), change));
    }
    await this.#keep(changed);
  }

  /** Says that somebody has logged in here: in turn with what is learned of the same identity, so that neither is lost. */
  async hasLoggedIn(id: ID): Promise<void> {
    await commitInTurn(this, id, {
      plan: async () => ({ value: undefined, changes: [{ do: 'add-contact', id }] }),
      commit: async ({ changes }) => this.commit(changes),
    });
  }

  /** Whether somebody has ever logged in here. */
  async isUser(id: ID): Promise<boolean> {
    return (await this.#known(id)).isUser;
  }

  /** Whether nobody is let in who has never been here. */
  async isFull(): Promise<boolean> {
    const { records, users } = this.#options;
    return (await records.count(USERS)) >= users;
  }

  /**
   * Forgets some of those who have logged in here, unless they have done so, or something was learned of them, since a time.
   * @param keys `id.entityKey` of each
   */
  async forgetUsers(keys: readonly string[], before: number): Promise<number> {
    const count = await this.#options.records.prune(USERS, before, keys.length, keys);
    this.#ready = newCache();
    return count;
  }

  /** All that is known of a user's visas. */
  async visasOf(user: ID): Promise<readonly Visa[]> {
    const documents: readonly { readonly document: Document }[] = await this.documents(user);
    return documents.flatMap(({ document }) => (document instanceof Visa ? [document] : []));
  }

  /** The terminals of a user, by the visas that are known: the empty one for a visa without. */
  terminalsOf(user: ID): Awaitable<readonly string[]> {
    return after(this.documents(user), (documents) =>
      documents.flatMap(({ document }) => (document instanceof Visa ? [document.terminal ?? ''] : [])),
    );
  }

  #isOwn(id: ID): boolean {
    return id.equals(this.#options.self);
  }

  #known(id: ID): Awaitable<KnownIdentity> {
    const key = id.entityKey;
    return this.#ready.get(key) ?? this.#loading.get(key) ?? this.#load(id);
  }

  async #load(id: ID): Promise<KnownIdentity> {
    const key = id.entityKey;
    const loading = this.#read(id);
    this.#loading.set(key, loading);
    try {
      const known = await loading;
      // Something newer may have been kept in the meantime.
      if (this.#ready.get(key) === undefined && known !== UNKNOWN) this.#ready.set(key, known);
      return this.#ready.get(key) ?? known;
    } finally {
      this.#loading.delete(key);
    }
  }

  async #read(id: ID): Promise<KnownIdentity> {
    const { dim, records, logger } = this.#options;
    for (const table of [USERS, STRANGERS]) {
      const record = await records.read(table, id.entityKey);
      if (record === undefined) continue;
      try {
        return await identityOf(dim, id, record, table === USERS);
      } catch (error) {
        if (!isDimError(error)) throw error;
        logger.error('the record of an identity is damaged', { id: id.toString(), code: error.code });
      }
    }
    return UNKNOWN;
  }

  async #keep(changed: ReadonlyMap<string, KnownIdentity>): Promise<void> {
    if (changed.size === 0) return;
    for (const known of changed.values())
      if (weightOf(known) > MOST_OF_ONE)
        throw new DimError('INPUT_LIMIT', `more than ${MOST_OF_ONE} characters of one identity`);
    const writtenAt = this.#options.clock.now();
    const changes = [...changed].flatMap(([key, known]): RecordChange[] => {
      const [table, other] = known.isUser ? [USERS, STRANGERS] : [STRANGERS, USERS];
      return [
        { table, key, value: recordOf(known), writtenAt },
        { table: other, key, value: undefined, writtenAt },
      ];
    });
    await this.#options.records.write(changes);
    for (const [key, known] of changed) this.#ready.set(key, known);
  }
}

function newCache(): BoundedCache<string, KnownIdentity> {
  return new BoundedCache(READY, { limit: READY_LENGTH, of: weightOf });
}

/** Whose identity a change is about. */
function identityIn(change: Change): ID | undefined {
  if (change.do === 'pin-meta' || change.do === 'add-contact' || change.do === 'forget') return change.id;
  return change.do === 'keep-document' || change.do === 'drop-document' ? change.document.did : undefined;
}

function changedBy(known: KnownIdentity, change: Change): KnownIdentity {
  if (change.do === 'pin-meta') return { ...known, pinned: { meta: change.meta, isProven: change.isProven } };
  if (change.do === 'keep-document') return withDocument(known, change.document);
  if (change.do === 'add-contact') return { ...known, isUser: true };
  if (change.do === 'forget') return { ...UNKNOWN, isUser: known.isUser };
  if (change.do !== 'drop-document') return known;
  const { data } = change.document.document;
  return { ...known, documents: known.documents.filter(({ document }) => document.data !== data) };
}

/** What comes of a value, at once where it is there. */
function after<T, U>(value: Awaitable<T>, then: (value: T) => U): Awaitable<U> {
  return value instanceof Promise ? value.then(then) : then(value as T);
}

/** A {@link Store} in memory: for tests, bots and small applications. */
import { DimError, readMarkKey, ReplayWindow } from 'dkd';
import { fieldOf } from 'dkd/extend';
import { BoundedCache } from 'dkd/internal';
import type { ID, KeyDirection, ReadMark, ReadState, VerifiedDocument, VerifiedMeta } from 'dkd';
import type { Change, Store } from './change.ts';
import type { KeptMessageKey, KeyRing, MessageKeyUse, PinnedMeta } from './memory.ts';

/** How much a {@link MemoryStore} remembers. */
export interface MemoryStoreOptions {
  /** How many strangers are remembered, those heard of last: who was added is not counted. 10,000, if not given. */
  readonly strangers?: number;
  /** How many characters the metas and documents of strangers may have, all together; 64 Mi, if not given. */
  readonly strangersLength?: number;
  /**
   * For how many directions message keys are kept, the most recently used ones, and for how many more those that came from
   * strangers; 10,000, if not given.
   */
  readonly messageKeys?: number;
  /** Which messages were read; a new window, if not given. Restore one to know it after a restart. */
  readonly replayWindow?: ReplayWindow;
}

/** What is known of one ID. */
interface Identity {
  readonly pinned: (PinnedMeta & { readonly meta: VerifiedMeta }) | undefined;
  readonly documents: readonly VerifiedDocument[];
}

const UNKNOWN: Identity = { pinned: undefined, documents: [] };

/** Remembers until the process ends. It only stores: what is kept was decided before. */
export class MemoryStore implements Store {
  readonly #contacts = new Map<string, Identity>();
  readonly #strangers: BoundedCache<string, Identity>;
  readonly #keys = new Map<string, KeyRing>();
  readonly #members = new Map<string, readonly ID[]>();
  readonly #messageKeys: BoundedCache<string, readonly KeptMessageKey[]>;
  /** Those that came in from strangers: however many write, they push out none of a contact. */
  readonly #strangerKeys: BoundedCache<string, readonly KeptMessageKey[]>;
  /** Which messages were read; save it as JSON to know it after a restart. */
  readonly replayWindow: ReplayWindow;

  constructor(options: MemoryStoreOptions = {}) {
    const limit = options.strangersLength ?? 64 * 1024 * 1024;
    this.#strangers = new BoundedCache(options.strangers ?? 10_000, { limit, of: lengthOf });
    this.#messageKeys = new BoundedCache(options.messageKeys ?? 10_000);
    this.#strangerKeys = new BoundedCache(options.messageKeys ?? 10_000);
    this.replayWindow = options.replayWindow ?? new ReplayWindow();
  }

  meta(id: ID): PinnedMeta | undefined {
    return this.#identity(id).pinned;
  }

  documents(id: ID): readonly VerifiedDocument[] {
    return this.#identity(id).documents;
  }

  keys(id: ID): KeyRing | undefined {
    return this.#keys.get(id.entityKey);
  }

  members(group: ID): readonly ID[] {
    return this.#members.get(group.entityKey) ?? [];
  }

  messageKeys(direction: KeyDirection, use: MessageKeyUse): readonly KeptMessageKey[] {
    return this.#keysOf(directionKey(direction, use));
  }

  readState(mark: ReadMark): ReadState {
    return this.replayWindow.stateOf(mark);
  }

  /** @throws DimError `INPUT_REPLAY` */
  commit(changes: readonly Change[]): void {
    // The one change that can fail, before any other is made.
    const made = new Set<string>();
    for (const mark of marksOf(changes)) {
      const key = readMarkKey(mark);
      if (made.has(key) || this.replayWindow.stateOf(mark) === 'read')
        throw new DimError('INPUT_REPLAY', 'the message was read before');
      made.add(key);
    }
    for (const change of changes) this.#apply(change);
  }

  #apply(change: Change): void {
    switch (change.do) {
      case 'pin-meta':
        return this.#change(change.id, () => ({ pinned: { meta: change.meta, isProven: change.isProven } }));
      case 'keep-document':
        return this.#change(change.document.did, ({ documents }) => ({ documents: [...documents, change.document] }));
      case 'drop-document':
        return this.#change(change.document.did, ({ documents }) => ({
          documents: documents.filter(({ document }) => document.data !== change.document.document.data),
        }));
      case 'keep-message-key':
        return this.#changeKeys(change, change.entry.digest, [change.entry]);
      case 'drop-message-key':
        return this.#changeKeys(change, change.digest, []);
      case 'mark-read':
        return this.replayWindow.add(change.mark);
      case 'keep-keys':
        this.#keys.set(change.id.entityKey, change.keys);
        return;
      case 'set-members':
        this.#members.set(change.group.entityKey, change.members);
        return;
      case 'add-contact':
        this.#contacts.set(change.id.entityKey, this.#identity(change.id));
        this.replayWindow.know(change.id);
        return;
      case 'forget':
        return this.#forget(change.id);
    }
  }

  #identity(id: ID): Identity {
    return this.#contacts.get(id.entityKey) ?? this.#strangers.get(id.entityKey) ?? UNKNOWN;
  }

  #change(id: ID, change: (known: Identity) => Partial<Identity>): void {
    const known = this.#identity(id);
    const table = this.#contacts.has(id.entityKey) ? this.#contacts : this.#strangers;
    table.set(id.entityKey, { ...known, ...change(known) });
  }

  #keysOf(direction: string): readonly KeptMessageKey[] {
    return this.#messageKeys.get(direction) ?? this.#strangerKeys.get(direction) ?? [];
  }

  #changeKeys(
    { direction, use }: { readonly direction: KeyDirection; readonly use: MessageKeyUse },
    digest: string,
    entries: readonly KeptMessageKey[],
  ): void {
    const key = directionKey(direction, use);
    const others = this.#keysOf(key).filter((entry) => entry.digest !== digest);
    const isOfStranger = use === 'receive' && !this.#contacts.has(direction.sender.entityKey);
    (isOfStranger ? this.#strangerKeys : this.#messageKeys).set(key, [...entries, ...others]);
  }

  #forget(id: ID): void {
    this.#change(id, () => UNKNOWN);
    for (const cache of [this.#messageKeys, this.#strangerKeys])
      for (const key of cache.keys()) {
        const [, sender, destination] = key.split(' ');
        if (sender === id.entityKey || destination === id.entityKey) cache.set(key, []);
      }
  }
}

/** Characters of what is kept of an identity: of its key and its documents, which is nearly all. */
function lengthOf({ pinned, documents }: Identity): number {
  const key = pinned && fieldOf(pinned.meta.publicKey.fields, 'data');
  const texts = [key, ...documents.map(({ document }) => document.data)];
  return texts.reduce<number>((length, text) => length + (typeof text === 'string' ? text.length : 0), 0);
}

function marksOf(changes: readonly Change[]): readonly ReadMark[] {
  return changes.flatMap((change) => (change.do === 'mark-read' ? [change.mark] : []));
}

function directionKey({ sender, destination }: KeyDirection, use: MessageKeyUse): string {
  // A blank is in no ID, so that no two directions make one text.
  return `${use} ${sender.entityKey} ${destination.entityKey}`;
}

/** Changes that were planned and are not kept yet, laid over what a memory has: the next plan must know of them. */
import {
  isDimError,
  readMarkKey,
  verifyDocument,
  verifyMeta,
  type Change,
  type Document,
  type ID,
  type JsonMap,
  type KeptMessageKey,
  type KeyDirection,
  type KeyRing,
  type Memory,
  type MessageContext,
  type MessageKeyUse,
  type Nothing,
  type PinnedMeta,
  type ReadMark,
  type ReadState,
  VerifiedDocument,
  VerifiedMeta,
} from 'dimp';
import { hasBrand } from 'dimp/internal';

type Pin = PinnedMeta | Nothing;
type Kept = VerifiedDocument | Document | JsonMap;

/** A change of message keys. */
type KeyChange = Extract<Change, { readonly do: 'keep-message-key' | 'drop-message-key' }>;

function isKeyChange(change: Change): change is KeyChange {
  return change.do === 'keep-message-key' || change.do === 'drop-message-key';
}

/**
 * A memory over another one, with changes that are staged. What is read of metas and documents is verified once for each
 * object that the other memory gives, and not for each message.
 */
export class StagedMemory implements Memory {
  readonly #context: MessageContext;
  readonly #base: Memory;
  /** All but those of message keys. */
  #changes: Change[] = [];
  readonly #pins = new Map<string, Pin>();
  readonly #documents = new Map<string, Change[]>();
  readonly #keys = new Map<string, KeyRing>();
  readonly #members = new Map<string, readonly ID[]>();
  /** By direction and use, and by digest: of several changes of one key the last one counts. */
  readonly #messageKeys = new Map<string, Map<string, KeyChange>>();
  /** The message keys that the other memory has, as far as it was asked. */
  #keptKeys = new Map<string, readonly KeptMessageKey[]>();
  readonly #marks = new Set<string>();
  readonly #forgotten = new Set<string>();
  readonly #verified = new WeakMap<object, VerifiedMeta | VerifiedDocument>();

  constructor(context: MessageContext, base: Memory) {
    this.#context = context;
    this.#base = base;
  }

  async meta(id: ID): Promise<Pin> {
    const staged = this.#pins.get(id.entityKey);
    if (staged !== undefined || this.#pins.has(id.entityKey)) return staged;
    const pinned = await this.#base.meta(id);
    if (pinned === undefined || pinned === null) return undefined;
    return { isProven: pinned.isProven, meta: await this.#verifiedMeta(pinned.meta, id) };
  }

  async documents(id: ID): Promise<readonly Kept[]> {
    const base = this.#forgotten.has(id.entityKey) ? [] : ((await this.#base.documents(id)) ?? []);
    const known = base.length === 0 ? base : await this.#verifiedDocuments(base, id);
    return (this.#documents.get(id.entityKey) ?? []).reduce(changedDocuments, known);
  }

  async keys(id: ID): Promise<KeyRing | Nothing> {
    return this.#keys.get(id.entityKey) ?? this.#base.keys(id);
  }

  async members(group: ID): Promise<readonly ID[] | Nothing> {
    return this.#members.get(group.entityKey) ?? this.#base.members(group);
  }

  async messageKeys(direction: KeyDirection, use: MessageKeyUse): Promise<readonly KeptMessageKey[]> {
    const { sender, destination } = direction;
    const keptKeys = this.#keptKeys;
    const isForgotten = [sender, destination].some((id) => this.#forgotten.has(id.entityKey));
    const base = isForgotten ? [] : ((await this.#base.messageKeys(direction, use)) ?? []);
    const name = directionKey(direction, use);
    keptKeys.set(name, base);
    const changes = this.#messageKeys.get(name);
    return changes === undefined ? base : changedKeys(base, changes);
  }

  async readState(mark: ReadMark): Promise<ReadState> {
    return this.#marks.has(readMarkKey(mark)) ? 'read' : this.#base.readState(mark);
  }

  /** Lays changes over what is there. */
  stage(changes: readonly Change[]): void {
    for (const change of changes) {
      if (!isKeyChange(change)) this.#changes.push(change);
      this.#stage(change);
    }
  }

  /** What is staged. Of a sender's many messages, each with a key of its own, the keys of the last ones are left. */
  get staged(): readonly Change[] {
    const keyChanges = [...this.#messageKeys.values()].flatMap((changes) => [...changes.values()]);
    return [...this.#changes, ...keyChanges];
  }

  /** Forgets what was staged: it is kept now, or never will be. */
  clear(): void {
    this.#changes = [];
    for (const staged of [this.#pins, this.#documents, this.#keys, this.#members]) staged.clear();
    this.#messageKeys.clear();
    // Not cleared: whoever asks just now writes into the one of before.
    this.#keptKeys = new Map();
    for (const staged of [this.#marks, this.#forgotten]) staged.clear();
  }

  #stage(change: Change): void {
    switch (change.do) {
      case 'pin-meta':
        this.#pins.set(change.id.entityKey, change);
        return;
      case 'keep-document':
      case 'drop-document':
        add(this.#documents, change.document.did.entityKey, change);
        return;
      case 'keep-message-key':
      case 'drop-message-key':
        this.#stageKey(change);
        return;
      case 'mark-read':
        this.#marks.add(readMarkKey(change.mark));
        return;
      case 'keep-keys':
        this.#keys.set(change.id.entityKey, change.keys);
        return;
      case 'set-members':
        this.#members.set(change.group.entityKey, change.members);
        return;
      case 'add-contact':
        return;
      case 'forget':
        this.#forget(change.id.entityKey);
        return;
    }
  }

  #stageKey(change: KeyChange): void {
    const name = directionKey(change.direction, change.use);
    const digest = change.do === 'keep-message-key' ? change.entry.digest : change.digest;
    const changes = this.#messageKeys.get(name) ?? new Map<string, KeyChange>();
    this.#messageKeys.set(name, changes);
    changes.delete(digest);
    // One that is not on the disk need not be dropped there.
    const isKept = this.#keptKeys.get(name)?.some((entry) => entry.digest === digest) ?? true;
    if (change.do === 'keep-message-key' || isKept) changes.set(digest, change);
  }

  #forget(entityKey: string): void {
    this.#pins.set(entityKey, undefined);
    this.#documents.delete(entityKey);
    this.#forgotten.add(entityKey);
    for (const key of this.#messageKeys.keys()) if (key.split(' ').includes(entityKey)) this.#messageKeys.delete(key);
  }

  /** Where it does not verify, it stays as it is: the library says what is wrong with a store. */
  async #verifiedMeta(kept: PinnedMeta['meta'], id: ID): Promise<PinnedMeta['meta']> {
    if (VerifiedMeta.is(kept)) return kept;
    const known = this.#verified.get(kept);
    if (VerifiedMeta.is(known)) return known;
    const verified = await quietly(async () => verifyMeta(this.#context.Meta.parse(plain(kept)), id));
    if (!verified) return kept;
    this.#verified.set(kept, verified);
    return verified;
  }

  async #verifiedDocuments(kept: readonly Kept[], id: ID): Promise<readonly Kept[]> {
    const pinned = kept.every((document) => VerifiedDocument.is(document)) ? undefined : await this.meta(id);
    const owner = pinned?.meta;
    if (!VerifiedMeta.is(owner)) return kept;
    return Promise.all(
      kept.map(async (document) => {
        if (VerifiedDocument.is(document)) return document;
        const known = this.#verified.get(document);
        if (VerifiedDocument.is(known) && known.did.equals(id)) return known;
        const parsed = await quietly(async () => this.#context.Document.parse(plain(document)));
        const verified = parsed && (await quietly(async () => verifyDocument(parsed, owner)));
        if (!verified) return document;
        this.#verified.set(document, verified);
        return verified;
      }),
    );
  }
}

/** What is verified of another copy of the library holds what it verified. */
function plain(kept: object): unknown {
  if (hasBrand(kept, 'mkm.VerifiedMeta')) return (kept as VerifiedMeta).meta;
  return hasBrand(kept, 'mkm.VerifiedDocument') ? (kept as VerifiedDocument).document : kept;
}

async function quietly<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isDimError(error)) return undefined;
    throw error;
  }
}

function changedDocuments(known: readonly Kept[], change: Change): readonly Kept[] {
  if (change.do === 'keep-document') return [...known, change.document];
  if (change.do !== 'drop-document') return known;
  const { data } = change.document.document;
  return known.filter((document) => dataOf(document) !== data);
}

function dataOf(kept: Kept): unknown {
  if (VerifiedDocument.is(kept)) return kept.document.data;
  return (kept as { readonly data?: unknown }).data;
}

function changedKeys(
  known: readonly KeptMessageKey[],
  changes: ReadonlyMap<string, KeyChange>,
): readonly KeptMessageKey[] {
  const kept = [...changes.values()].flatMap((change) => (change.do === 'keep-message-key' ? [change.entry] : []));
  return [...kept, ...known.filter(({ digest }) => !changes.has(digest))];
}

function add(staged: Map<string, Change[]>, key: string, change: Change): void {
  const list = staged.get(key);
  if (list === undefined) staged.set(key, [change]);
  else list.push(change);
}

function directionKey({ sender, destination }: KeyDirection, use: MessageKeyUse): string {
  return `${use} ${sender.entityKey} ${destination.entityKey}`;
}

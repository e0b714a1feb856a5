/** The read side of what an application remembers: it answers, and decides nothing. */
import type {
  Awaitable,
  DecryptKey,
  Document,
  ID,
  JsonMap,
  KeyDirection,
  Meta,
  PrivateKey,
  ReadMark,
  ReadState,
  SymmetricKey,
  VerifiedDocument,
  VerifiedMeta,
} from 'dkd';

/** What a memory has nothing of: databases say null. */
export type Nothing = undefined | null;

/** The meta that is pinned for an ID: nothing but this one is believed. */
export interface PinnedMeta {
  /** As it was told to keep, or the map of it. */
  readonly meta: VerifiedMeta | Meta | JsonMap;
  /**
   * Whether its key has verified a document or a message of the ID. Until then the pin is provisional, and gives way to
   * one that has.
   */
  readonly isProven: boolean;
}

/** The private keys of a local user, by what they are for. */
export interface KeyRing {
  /** Signs, and belongs to the public key of the meta. Absent on a device that only reads. */
  readonly identity?: PrivateKey | JsonMap | Nothing;
  /** Decrypt what was encrypted to the keys of the user's visas, each for the terminal of its visa. */
  readonly decrypt: readonly { readonly terminal?: string | Nothing; readonly key: DecryptKey | JsonMap }[];
}

/** Whether a message key is for what one writes, or came in with what others wrote. They never mix. */
export type MessageKeyUse = 'send' | 'receive';

/** A message key of one direction. */
export interface KeptMessageKey {
  readonly key: SymmetricKey | JsonMap;
  /** Names the key among those of its direction and use: `keyDigest`. */
  readonly digest: string;
  /** When it was made, or last used to read, in seconds since 1970. */
  readonly time: number;
  /** Of a key that came in: whether messages name it, as they do where it is used again. */
  readonly isNamed?: boolean | Nothing;
  /** Of a key to send with: the terminal that made it; undefined for a device without one. */
  readonly terminal?: string | Nothing;
  /** Of a key to send with: a digest of all for whom it was encrypted, with their terminals and visa keys. */
  readonly recipients?: string | Nothing;
  /** Of a key to send with: whether a message that carried it was handed over, so that the next may leave it out. */
  readonly isHandedOver?: boolean | Nothing;
}

/**
 * What an application remembers. Implement it over any storage, with {@link Store.commit} beside it; `MemoryStore` is one
 * in memory, and `checkStore` of `dimtestkit/store` tells whether yours is right.
 *
 * It gives back what it was told to keep, as objects or as the maps of them. Nothing is verified in it: the library
 * checks what it reads. IDs are compared without their terminals, by `id.entityKey`. The same objects each time save the
 * library from reading and verifying them anew.
 */
export interface Memory {
  /** The pinned meta of an ID. */
  meta(id: ID): Awaitable<PinnedMeta | Nothing>;
  /** All documents of an ID: a user's visas, a group's bulletin. */
  documents(id: ID): Awaitable<readonly (VerifiedDocument | Document | JsonMap)[] | Nothing>;
  /** The private keys of a local user. */
  keys(id: ID): Awaitable<KeyRing | Nothing>;
  /** The members of a group. */
  members(group: ID): Awaitable<readonly ID[] | Nothing>;
  /** The message keys of a direction that are for one use, in any order. */
  messageKeys(direction: KeyDirection, use: MessageKeyUse): Awaitable<readonly KeptMessageKey[] | Nothing>;
  /** Whether a message was read before; what can be told where memory is bounded: see `ReadState`. */
  readState(mark: ReadMark): Awaitable<ReadState>;
}

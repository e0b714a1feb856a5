/** What a message does to memory, as a value: it can be shown, tested, and kept in one transaction. */
import type { Awaitable, ID, KeyDirection, ReadMark, VerifiedDocument, VerifiedMeta } from 'dkd';
import type { KeptMessageKey, KeyRing, Memory, MessageKeyUse } from './memory.ts';

/** One change. All of them say what to put where; whether that is right was decided before. */
export type Change =
  /** Sets the meta of an ID, in the place of any other. */
  | { readonly do: 'pin-meta'; readonly id: ID; readonly meta: VerifiedMeta; readonly isProven: boolean }
  /** Adds a document of `document.did`. */
  | { readonly do: 'keep-document'; readonly document: VerifiedDocument }
  /** Removes a document: the one with the same data. */
  | { readonly do: 'drop-document'; readonly document: VerifiedDocument }
  /** Sets the message key of that direction, use and digest. */
  | {
      readonly do: 'keep-message-key';
      readonly direction: KeyDirection;
      readonly use: MessageKeyUse;
      readonly entry: KeptMessageKey;
    }
  /** Removes the message key of that direction, use and digest. */
  | {
      readonly do: 'drop-message-key';
      readonly direction: KeyDirection;
      readonly use: MessageKeyUse;
      readonly digest: string;
    }
  /** Adds a mark. Where it is there already, the whole commit fails. */
  | { readonly do: 'mark-read'; readonly mark: ReadMark }
  /** Sets the private keys of a local user. */
  | { readonly do: 'keep-keys'; readonly id: ID; readonly keys: KeyRing }
  /** Sets the members of a group. */
  | { readonly do: 'set-members'; readonly group: ID; readonly members: readonly ID[] }
  /** Says that an ID is of somebody that the application knows, and not of a stranger who wrote. */
  | { readonly do: 'add-contact'; readonly id: ID }
  /** Removes what is known of an ID: meta, documents, message keys of both directions. Its read marks stay. */
  | { readonly do: 'forget'; readonly id: ID };

/** A value, and what is to be kept for it to hold. */
export interface Plan<T> {
  readonly value: T;
  readonly changes: readonly Change[];
}

/** A memory that can be told what to keep. */
export interface Store extends Memory {
  /**
   * Keeps all of the changes, or none. When it is done they are kept, whatever happens to the process.
   *
   * @throws DimError `INPUT_REPLAY` when a `mark-read` is there already: two tabs of one application may read the same
   * message at once, and only one of them may win. Any other error arrives where the message was opened, as it is.
   */
  commit(changes: readonly Change[]): Awaitable<void>;
}

/** Messages that wait for those whom they are for. */

/** Where messages for one terminal of a user wait. */
export interface Box {
  /** The user: `id.entityKey`, the same whatever the spelling of the address. */
  readonly user: string;
  /** The terminal; empty for a user without one. */
  readonly terminal: string;
}

/** A message to keep, once in each of some boxes. */
export interface Posting {
  readonly boxes: readonly Box[];
  /** Who has sent it: `id.entityKey`. */
  readonly sender: string;
  /** Whether the user has never written to who has sent it: see `strangersPart` of {@link MailboxLimits}. */
  readonly isFromStranger?: boolean | undefined;
  /** Whether the user has never been here, and so may be anybody's invention: see `toStrangersBytes` of {@link MailboxLimits}. */
  readonly isToStranger?: boolean | undefined;
  /** What is delivered. */
  readonly bytes: Uint8Array;
  /** Names the message: what has the same mark is kept in a box once, as long as it is there. */
  readonly mark: string;
  /** When it came, in seconds since 1970. */
  readonly keptAt: number;
}

/** What became of a posting in one box. */
export type PostingOutcome =
  /** It is there now. */
  | { readonly is: 'kept'; readonly position: number }
  /** It was there before, and is still. */
  | { readonly is: 'known'; readonly position: number }
  /** The user has as much as a user may have, of this sender, of strangers or in all, or all users have: it is not there. */
  | { readonly is: 'full' };

/** How much may wait for one user, in all boxes together, and for all users. */
export interface MailboxLimits {
  readonly messages: number;
  /** Bytes of what is delivered; a message in two boxes counts twice. */
  readonly bytes: number;
  /**
   * How much of one sender may wait there, as a part of what is free: with 1, as much as is free. So one sender alone fills half of it,
   * three fill three quarters, and whoever comes next has room as well. No bound of its own, if not given. Who was a stranger and is
   * none any more begins anew.
   */
  readonly senderShare?: number | undefined;
  /**
   * How much of all strangers together may wait there, as a part of the whole from 0 to 1: identities are made easily, so that many of
   * them with a share each fill all that they may. What is left is for the others. Of one stranger, `senderShare` is of what is
   * free in this part. All of it, if not given.
   */
  readonly strangersPart?: number | undefined;
  /** Bytes that may wait for all users together. Without an end, if not given, as the next two. */
  readonly totalBytes?: number | undefined;
  /** Of that, how much of one sender: else one alone would leave no room for what others write to each other. */
  readonly senderTotalBytes?: number | undefined;
  /** Of that, how much for all together who have never been here. */
  readonly toStrangersBytes?: number | undefined;
}

/** A message in a box. */
export interface StoredMessage {
  /** A whole number, larger than that of all that came into the box before, and never used again. */
  readonly position: number;
  readonly bytes: Uint8Array;
  /** When it came, in seconds since 1970. */
  readonly keptAt: number;
}

/** How much to read at once. */
export interface ReadLimits {
  readonly messages: number;
  /** One message is read even if it has more. */
  readonly bytes: number;
}

/** Messages of a box that need not be kept any longer. */
export interface Acknowledgement {
  readonly box: Box;
  readonly positions: readonly number[];
}

/** What a box holds. */
export interface BoxUsage extends Box {
  readonly messages: number;
  readonly bytes: number;
  /** When the first message of the box came, in seconds since 1970. */
  readonly oldestAt: number;
}

/** How much there is in all. */
export interface MailboxTotal {
  /** Those in which something waits. */
  readonly boxes: number;
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Messages in boxes, each in the order in which they came. What is done when a promise resolves stays done, whatever happens to
 * the process or the machine. Several calls may go on at once, and may share one commit; they take effect in the order in which they
 * were made, and reading sees what was asked to be kept before. What is given to a call is the caller's again when it has returned
 * its promise, and what it answers is the caller's own.
 *
 * `checkEngine` of `dimtestkit/engine` holds an implementation against all of this.
 */
export interface Mailbox {
  /**
   * Keeps messages: all of them for which there is room by the limits, or, where it fails, none.
   * @returns for each posting, and each of its boxes, what became of it
   * @throws DimError `STORE_…`: nothing was kept; `USAGE_ARGUMENT` for what is no posting: nothing, too
   */
  append(postings: readonly Posting[], limits: MailboxLimits): Promise<readonly (readonly PostingOutcome[])[]>;
  /** The oldest messages of a box behind a position; 0 is before all. */
  read(box: Box, after: number, limits: ReadLimits): Promise<readonly StoredMessage[]>;
  /** Removes messages. Positions of which there is nothing are no error. */
  acknowledge(acknowledgements: readonly Acknowledgement[]): Promise<void>;
  /** Removes what came before a time, in steps between which other calls are done. @returns how many messages, counted once a box */
  expire(before: number): Promise<number>;
  /** What waits for a user, by terminals. */
  usage(user: string): Promise<readonly BoxUsage[]>;
  /** The boxes in which something waits, those with most messages first. @param limit at most so many */
  fullest(limit: number): Promise<readonly BoxUsage[]>;
  total(): Promise<MailboxTotal>;
}

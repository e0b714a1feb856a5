/** Handlers: what is done with a content of one kind, beside being kept and told. */
import type { Awaitable, Change, Content, ID, Missing, ReliableMessage } from 'dimp';
import type { RowChange } from './client-store.ts';

/** A content that came in, was verified, and is kept. */
export interface Received<C extends Content = Content> {
  /** The content. Contents of an array come one by one. */
  readonly content: C;
  /** Who wrote it, as the signature proves; without a terminal. */
  readonly sender: ID;
  /** The group that it was written for. That the sender is a member was checked, but for commands. */
  readonly group: ID | undefined;
  /** Whether nobody but its receivers could read it on its way. */
  readonly wasEncrypted: boolean;
  /** The message as it came, so that others can be given it: the signature is its author's. */
  readonly message: ReliableMessage;
  /** Unique among all that this device received; the same after a restart. */
  readonly key: string;
  /** When it came to this device, in seconds since 1970. */
  readonly receivedAt: number;
}

/** A content for somebody. */
export interface Outgoing {
  readonly content: Content;
  /** A user, a terminal, a group, or a broadcast ID. */
  readonly receiver: ID;
}

/** What a handler wants done, as a value: all of it is kept in one commit, with the note that the content was handled. */
export interface Reaction {
  /** Goes to the sender. */
  readonly replies?: readonly Content[] | undefined;
  /** Goes to others. */
  readonly sends?: readonly Outgoing[] | undefined;
  readonly changes?: readonly Change[] | undefined;
  readonly rows?: readonly RowChange[] | undefined;
  /** What the network is to be asked for. */
  readonly wants?: readonly Missing[] | undefined;
  /** Whose meta, documents or members are known better than before: what waits for them is tried again. */
  readonly learned?: readonly ID[] | undefined;
}

/** Handles contents of one kind. A content is handled again where the process ended before the commit. */
export interface HandlerDefinition<C extends Content = Content> {
  readonly defines: 'handler';
  /** The `kind` of the contents. */
  readonly kind: C['kind'];
  /**
   * Whether it plans by what the store has: it runs while nothing else is planned or committed then, and must be quick.
   */
  readonly isExclusive: boolean;
  handle(received: Received<C>): Awaitable<Reaction | undefined>;
}

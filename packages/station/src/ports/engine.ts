/** What a station keeps, and where: messages in mailboxes, and records. Each engine is one implementation of it. */
import type { Mailbox } from './mailbox.ts';
import type { Records } from './records.ts';

/** Where a station keeps what it must. */
export interface Engine {
  readonly mailbox: Mailbox;
  readonly records: Records;
  /** Waits for what is being kept, and lets go of everything. */
  close(): Promise<void>;
}

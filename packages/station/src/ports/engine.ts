/** What a station keeps, and where: messages in mailboxes, and records. Each engine is one implementation of it. */
import type { Mailbox } from './mailbox.ts';
import type { Records } from './records.ts';

/** Where a station keeps what it must. */
export interface Engine {
  readonly mailbox: Mailbox;
  readonly records: Records;
  /**
   * Waits for what is being kept, and lets go of everything. What is asked later is refused with a DimError `STORE_CLOSED`; closing
   * again is no error.
   */
  close(): Promise<void>;
}

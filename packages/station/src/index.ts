/** dimstation: a station of the DIM network. */
export type { AcceptLink, Link, LinkEnd, LinkUser, OutgoingPayload } from './ports/link.ts';
export type { Engine } from './ports/engine.ts';
export type {
  Acknowledgement,
  Box,
  BoxUsage,
  Mailbox,
  MailboxLimits,
  MailboxTotal,
  Posting,
  PostingOutcome,
  ReadLimits,
  StoredMessage,
} from './ports/mailbox.ts';
export type { KeptRecord, RecordChange, Records } from './ports/records.ts';
export { noMeter, type Counted, type Meter } from './ports/meter.ts';
export { memoryEngine } from './engine/memory-engine.ts';

/** What an engine can be asked, as calls that can be collected, sent to another thread, and done in one transaction. */
import type { ErrorCode } from 'dimp';
import type { CheckedRecordChange } from '../engine/record-values.ts';
import type {
  Acknowledgement,
  Box,
  BoxUsage,
  MailboxLimits,
  MailboxTotal,
  Posting,
  PostingOutcome,
  ReadLimits,
  StoredMessage,
} from '../ports/mailbox.ts';

/** A record whose value is text. */
export interface RecordText {
  readonly key: string;
  readonly text: string;
  readonly writtenAt: number;
}

/** All that can be asked. What is given was checked before. */
export interface Desk {
  append(postings: readonly Posting[], limits: MailboxLimits): readonly (readonly PostingOutcome[])[];
  read(box: Box, after: number, limits: ReadLimits): readonly StoredMessage[];
  acknowledge(acknowledgements: readonly Acknowledgement[]): void;
  /** Removes some of the messages that came before a time. @returns how many; 0 when there are no more */
  expireSome(before: number): number;
  usage(user: string): readonly BoxUsage[];
  fullest(limit: number): readonly BoxUsage[];
  total(): MailboxTotal;
  readRecord(table: string, key: string): string | undefined;
  writeRecords(changes: readonly CheckedRecordChange[]): void;
  listRecords(table: string, after: string, limit: number): readonly RecordText[];
  countRecords(table: string): number;
  oldestRecords(table: string, before: number, limit: number): readonly string[];
  pruneRecords(table: string, before: number, limit: number, keys: readonly string[] | undefined): number;
}

/** One question or order. */
export type Call = { readonly [M in keyof Desk]: { readonly do: M; readonly with: Parameters<Desk[M]> } }[keyof Desk];

/** What came of a call: what it gave, or why nothing was done. */
export type Outcome = { readonly value: unknown } | { readonly error: Failure };

/** A DimError, as it goes from thread to thread. */
export interface Failure {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly cause: string;
}

/** Does calls, whichever thread it does them in. */
export interface DeskLine {
  /** @returns what came of each call, when that is on the disk. @throws DimError `STORE_FAILED` where it cannot be known any more */
  send(calls: readonly Call[]): Promise<readonly Outcome[]>;
  /** @throws DimError `STORE_…` */
  backup(target: string): Promise<void>;
  close(): Promise<void>;
}

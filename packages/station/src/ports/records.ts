/** What a station knows beside the messages: identities, logins, lists of users. */
import type { JsonMap } from 'dimp';

/** A record. */
export interface KeptRecord {
  readonly key: string;
  readonly value: JsonMap;
  /** When it was written last, in seconds since 1970. */
  readonly writtenAt: number;
}

/** Puts a record in the place of any of the same key; without a value, removes it. */
export interface RecordChange {
  readonly table: string;
  readonly key: string;
  readonly value: JsonMap | undefined;
  readonly writtenAt: number;
}

/** Maps of JSON by keys, in tables. A table is there as soon as something is written into it. */
export interface Records {
  read(table: string, key: string): Promise<JsonMap | undefined>;
  /**
   * Makes all of the changes, or none. What is done when it resolves stays done.
   * @throws DimError `STORE_…`: nothing was changed
   */
  write(changes: readonly RecordChange[]): Promise<void>;
  /** Records in the order of their keys (by code units), those behind `after`; from an empty text on, all but that of an empty key. */
  list(table: string, after: string, limit: number): Promise<readonly KeptRecord[]>;
  count(table: string): Promise<number>;
  /** The keys of those of a table that were written before a time, the oldest first, `limit` at most. */
  oldest(table: string, before: number, limit: number): Promise<readonly string[]>;
  /**
   * Removes those of a table that were written before a time, the oldest first, `limit` at most.
   * @param keys of these alone, where they are given: what has been written since somebody looked stays
   * @returns how many
   */
  prune(table: string, before: number, limit: number, keys?: readonly string[]): Promise<number>;
}

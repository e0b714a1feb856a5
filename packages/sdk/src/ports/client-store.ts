/**
 * What a client keeps: the memory of messages that `dimp` needs, and rows.
 *
 * A row is a value with a key, in a table. The rows of a table lie in partitions, where each has a place in an order: the
 * messages of a conversation by their time, the outbox by what was queued first. So a store has to know nothing of what the
 * rows are; which there are is told where they are written.
 */
import type { Awaitable, Change, JsonMap, Nothing, Store } from 'dimp';

/** One row. Names of tables, keys and partitions are compared letter by letter. */
export interface Row {
  /** Small letters, digits and hyphens, at most 64. Tables of an application begin with `app-`. */
  readonly table: string;
  /** Unique in its table. Any text, at most 1024 characters. */
  readonly key: string;
  /** Any text, at most 1024 characters; the empty one too. */
  readonly partition: string;
  /** Where it stands in its partition; rows of equal order stand by their keys, in the order of code units. Finite. */
  readonly order: number;
  /** JSON. */
  readonly value: JsonMap;
  /** What would be longer as JSON. */
  readonly bytes?: Uint8Array | undefined;
}

/** A place in a partition. */
export interface RowPosition {
  readonly order: number;
  readonly key: string;
}

/** Which rows of a partition. */
export interface RowRange {
  /** Only rows whose order is this or more. */
  readonly from?: number | undefined;
  /** Only rows whose order is this or less. */
  readonly to?: number | undefined;
  /** Only rows behind this one, as seen in the direction of reading: the last one of the page before. */
  readonly after?: RowPosition | undefined;
  /** From the highest order down. */
  readonly reverse?: boolean | undefined;
  /** How many at most, 1 to 1000; 100, if not given. */
  readonly limit?: number | undefined;
}

/** A change of rows. */
export type RowChange =
  /** Puts a row in the place of the one with its key, also of one in another partition. */
  | {
      readonly do: 'put-row';
      readonly row: Row;
      /** Without it, either way. Where it is not so, the whole commit fails with `STORE_CONFLICT`. */
      readonly where?: 'absent' | 'present' | undefined;
    }
  /** Removes a row; nothing happens where there is none. */
  | { readonly do: 'delete-row'; readonly table: string; readonly key: string }
  /** Removes all rows of a partition. */
  | { readonly do: 'delete-partition'; readonly table: string; readonly partition: string };

/** A store for a client. `checkClientStore` of `dimtestkit/client-store` tells whether one of yours is right. */
export interface ClientStore extends Store {
  /**
   * Keeps all of the changes and all of the rows, or nothing. When it is done they are kept, whatever happens to the
   * process. Of several changes of one row, the last one counts; each `where` is asked of what was before the commit.
   *
   * @throws DimError `INPUT_REPLAY`, as `Store.commit`; `STORE_CONFLICT` when a `where` is not so; `STORE_FULL` when there is
   * no room on the disk, or in the quota; `STORE_CLOSED`; `STORE_FAILED` for any other failure, with its cause;
   * `USAGE_ARGUMENT` for a row that is none
   */
  commit(changes: readonly Change[], rows?: readonly RowChange[]): Awaitable<void>;
  /** The row with a key. What it gives is frozen, or the caller's own. */
  row(table: string, key: string): Awaitable<Row | Nothing>;
  /** Rows of a partition, in order. @throws DimError `USAGE_ARGUMENT` for a range that is none */
  rows(table: string, partition: string, range?: RowRange): Awaitable<readonly Row[]>;
  /** How many rows a partition has. */
  count(table: string, partition: string): Awaitable<number>;
  /** The partitions of a table that have rows, in the order of code units, at most 1000. @param after the last one of before */
  partitions(table: string, after?: string): Awaitable<readonly string[]>;
  /**
   * Runs an action while no other one runs over the same data, also in another tab or process that is well. Whoever plans
   * by what is kept, and commits the plan, does both inside: else two of them would each undo what the other decided.
   * Actions run in the order in which they were asked for, of one process. It is not reentrant.
   *
   * @throws what the action throws; `STORE_CLOSED`
   */
  exclusive<T>(action: () => Promise<T>): Promise<T>;
  /**
   * Ends the use of it, after what was begun; actions of `exclusive` that were asked for may still read and commit. What is
   * called later fails with `STORE_CLOSED`; closing it again does nothing.
   */
  close(): Awaitable<void>;
}

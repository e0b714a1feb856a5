/** A connection, as the station sees it. */

/** Something that goes to a client. */
export interface Delivery {
  readonly bytes: Uint8Array;
  /** Who wrote it, as a text that is the same for all of one sender: those of one keep their order. */
  readonly sender: string;
  /** Whether it waited for the client to come: the order of these is anybody's. */
  readonly wasStored: boolean;
  /** Called when the client's transport says that it has it, once or more. */
  readonly acknowledged?: (() => void) | undefined;
}

/** A connection, as the station sees it. */
export interface StationLine {
  /** Counts the connections of a network, from 1. */
  readonly number: number;
  /** The address that the client comes from. */
  readonly remote: readonly [host: string, port: number];
  /** Puts something on its way to the client. */
  push(delivery: Delivery): void;
  /** Ends the connection. */
  close(): void;
}

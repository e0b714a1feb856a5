/** Other stations, as the routing sees them. */
import type { ID } from 'dimp';
import type { Link } from './link.ts';

/** What became of a message for another station. */
export type Passing =
  /** It is on its way there. */
  | 'redirected'
  /** There is no way to that station now, or too much waits for it. */
  | 'unreachable';

/** A message that goes to another station, with what the station wrote into its envelope. */
export interface PassedMessage {
  readonly bytes: Uint8Array;
  readonly signature: string;
}

/** Other stations that this one trusts to bring messages of others. */
export interface Neighbors {
  /** Whether a station is one of them. */
  isTrusted(station: ID): boolean;
  /** Those to which there is a way now. */
  reachable(): readonly ID[];
  /** Passes a message on, over one way. Where that is lost before the other station has the message, so is the message. */
  pass(message: PassedMessage, station: ID): Passing;
  /**
   * Asks all of them for the meta and visas of somebody: each at most once in some minutes.
   * @param asker the user who wants to know; undefined for the sender of a message that has come, which waits for it
   */
  ask(id: ID, asker: ID | undefined): void;
  /**
   * Passes on what waits for a terminal of a user who is at one of them, in order, until that station has it.
   *
   * @param except the station that has brought something for the terminal: it has no better place for it
   * @returns that station; undefined where the terminal is at none to which there is a way
   * @throws DimError `STORE_…`
   */
  forward(user: ID, terminal: string, except?: ID): Promise<ID | undefined>;
  /** One of them has logged in here: its connection is a way to it. */
  opened(station: ID, link: Link): void;
  /** A connection is over. */
  closed(link: Link): void;
}

/** A station that is alone. */
export const noNeighbors: Neighbors = Object.freeze({
  isTrusted: () => false,
  reachable: () => [],
  pass: () => 'unreachable',
  ask: () => undefined,
  forward: async () => undefined,
  opened: () => undefined,
  closed: () => undefined,
});

/** Other stations, as the routing sees them. */
import type { ID } from 'dimp';

/** What became of a message for another station. */
export type Passing =
  /** It is on its way there. */
  | 'redirected'
  /** There is no way to that station now. */
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
  all(): readonly ID[];
  /**
   * Passes a message on.
   * @param acknowledged called once, when that station has it; never where it has it not
   */
  pass(message: PassedMessage, station: ID, acknowledged?: () => void): Passing;
  /** Asks all of them for the meta and visas of somebody: each at most once in some minutes. */
  ask(id: ID): void;
}

/** A station that is alone. */
export const noNeighbors: Neighbors = Object.freeze({
  isTrusted: () => false,
  all: () => [],
  pass: () => 'unreachable',
  ask: () => undefined,
});

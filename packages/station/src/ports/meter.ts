/** Counting, for those who operate a station. Nothing that is counted tells who wrote to whom. */

/** What is counted. */
export type Counted =
  /** Payloads that came. */
  | 'payloads'
  /** Messages of which nothing became. */
  | 'refused'
  /** Messages that were kept in a box. */
  | 'kept'
  /** Messages that were kept in no box, as the user has as much as a user may have. */
  | 'full'
  /** Messages of stations that are kept for nobody, and were not sent, as the receiver takes too little. */
  | 'dropped'
  /** Messages that went out to a terminal, for the first time or again. */
  | 'delivered'
  /** Messages that a terminal has acknowledged. */
  | 'acknowledged'
  /** Messages that nobody fetched in time. */
  | 'expired'
  /** Handshakes that let somebody in. */
  | 'logins'
  /** Connections that were refused or ended for what they did. */
  | 'shut-out';

/** Counts. */
export interface Meter {
  add(what: Counted, count?: number): void;
}

/** Counts nothing. */
export const noMeter: Meter = Object.freeze({ add: () => undefined });

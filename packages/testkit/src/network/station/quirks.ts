/** What deployed stations do, and a right one does not. */

/** Each is off, if not given. */
export interface NetworkQuirks {
  /**
   * A message to a user with a visa without a terminal has a second part, for `ID//`. It is never delivered, and the sender
   * reads "Message cached." beside "Message delivered.".
   */
  readonly sendsSecondPart?: boolean | undefined;
  /** Commands before the login are not answered, but with `DIM?`. */
  readonly asksBeforeLogin?: boolean | undefined;
  /** What a client writes into the fields that stations write (`from`, `rcpt`, `traces`, …) is believed. */
  readonly believesEnvelopes?: boolean | undefined;
  /** A query for names is not answered where one of them is unknown. */
  readonly dropsUnknownNames?: boolean | undefined;
  /** What was stored comes in the order of the whole seconds of the messages, and within a second in any. */
  readonly ordersBySeconds?: boolean | undefined;
  /** Nothing is stored, and the sender reads "Message cached." all the same. */
  readonly storesNothing?: boolean | undefined;
}

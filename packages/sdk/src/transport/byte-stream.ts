/** Bytes each way: what a framing needs of a TCP connection, or of anything that is like one. */

/** A stream of bytes to and from another side. Its user makes one call of `read` at a time, and one of `write`. */
export interface ByteStream {
  /** Where it leads to, for logs: `tcp://127.0.0.1:9394`. */
  readonly name: string;
  /**
   * The next bytes, at least one; undefined once the other side has ended it. Between the calls no more than a small buffer
   * is taken from the network.
   *
   * @throws whatever says that the network failed
   */
  read(): Promise<Uint8Array | undefined>;
  /**
   * Writes all of the bytes, in one piece as far as the platform has a say in it.
   * @returns when there is room for more
   * @throws whatever says that the network failed
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Ends it once the other side has what was written, or a moment after, if it does not take it. What still comes in is
   * dropped. It does not reject.
   */
  close(): Promise<void>;
  /** Ends it now. A `read` or `write` that waits settles, either way. */
  destroy(): void;
}

/** A side of the exchange: an implementation that does what it is asked, ours or another. */
import type { JsonMap } from 'dimp';

/** What a side says of itself. */
export interface Introduction {
  readonly name: string;
  /** Packages and their versions. */
  readonly versions: Readonly<Record<string, string>>;
  readonly operations: readonly string[];
  /** The kinds of content that it makes and reads by name; `map` is any. */
  readonly kinds: readonly string[];
  /** In which shapes it writes. */
  readonly shapes: readonly string[];
  /** Which shapes it is made to read. */
  readonly reads: readonly string[];
  readonly shortNames: boolean;
}

/** An implementation. The operations are in the README. */
export interface Side {
  readonly introduction: Introduction;
  /**
   * @throws Refusal when the implementation does not accept what it was given
   * @throws Unsupported when it does not have such an operation
   * @throws BrokenSide when it does not answer as it should
   */
  request(operation: string, parameters?: JsonMap): Promise<JsonMap>;
  stop(): Promise<void>;
}

/** An implementation says no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** An implementation does not do this at all. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** The program ended, hangs, or does not speak the language of these exchanges: nothing is known of what it thinks. */
export class BrokenSide extends Error {
  override readonly name = 'BrokenSide';
}

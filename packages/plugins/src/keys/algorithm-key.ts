/** What all key objects here have in common. Key material stays in private fields, out of sight of `console.log`. */
import type { JsonMap } from 'mkm';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A key with its map from the wire. */
export abstract class AlgorithmKey {
  abstract readonly algorithm: string;
  /** The key map, as it was read. */
  readonly fields: JsonMap;

  constructor(fields: JsonMap) {
    this.fields = fields;
  }

  /** The key map, so that `JSON.stringify` writes it. A private key's map holds the secret. */
  toJSON(): JsonMap {
    return this.fields;
  }

  /** How the key shows in a log: what it is, and nothing of what it holds. */
  protected abstract describe(): string;

  toString(): string {
    return this.describe();
  }

  [INSPECT](): string {
    return this.describe();
  }
}

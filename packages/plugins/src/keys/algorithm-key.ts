/** What all key objects here have in common. Secrets stay in private fields, out of sight of whatever shows objects. */
import type { JsonMap } from 'mkm';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A key with its map from the wire. */
export abstract class AlgorithmKey {
  abstract readonly algorithm: string;
  /** The key map, as it was read. */
  abstract readonly fields: JsonMap;

  /** The key map, so that `JSON.stringify` writes it. A secret key's map holds the secret. */
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

/** A key that anybody may see. */
export abstract class PublicAlgorithmKey extends AlgorithmKey {
  readonly fields: JsonMap;

  constructor(fields: JsonMap) {
    super();
    this.fields = fields;
  }
}

/** A private or symmetric key. Its map is no property of the object: clones and the consoles of browsers do not show it. */
export abstract class SecretAlgorithmKey extends AlgorithmKey {
  readonly #fields: JsonMap;

  constructor(fields: JsonMap) {
    super();
    this.#fields = fields;
  }

  get fields(): JsonMap {
    return this.#fields;
  }
}

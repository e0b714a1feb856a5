/** Upper bounds for what a peer may send. A peer chooses every size, so each has a limit. */
import { DimError } from '../errors/dim-error.ts';

/** The limits of a context. */
export interface Limits {
  /** Bytes of a whole message, and characters of any one text in it. */
  readonly messageBytes: number;
  /** Levels of maps and lists in one JSON value. */
  readonly jsonDepth: number;
  /** Values (maps, lists, texts, numbers, …) in one JSON value. */
  readonly jsonValues: number;
  /** Levels of contents in contents: forwards, arrays, combined messages. */
  readonly contentDepth: number;
  /** Characters of an ID, with name and terminal. */
  readonly idLength: number;
  /** Characters of a key's `data`. */
  readonly keyLength: number;
  /** Characters of a signature or fingerprint. */
  readonly signatureLength: number;
  /** Entries of `keys` in one message: one for each terminal of each member of a group. */
  readonly messageKeys: number;
}

/** Generous for people, tight for attackers. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  messageBytes: 32 * 1024 * 1024,
  jsonDepth: 64,
  jsonValues: 100_000,
  contentDepth: 16,
  idLength: 256,
  keyLength: 64 * 1024,
  signatureLength: 16 * 1024,
  messageKeys: 20_000,
});

/**
 * The limits of a new context: those given, and the defaults of all others.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none, or a limit that would limit nothing
 */
export function readLimits(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given)) {
    const path = `limits.${name}`;
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new DimError('USAGE_ARGUMENT', 'is no limit', { path });
    // Comparing with anything else, NaN among it, is never true: then there would be no limit at all.
    if (!Number.isSafeInteger(value) || value < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path });
  }
  return Object.freeze({ ...DEFAULT_LIMITS, ...given });
}

/** What a plugin defines of digests. This layer computes none; the one of messages does. */
import { DimError } from '../errors/dim-error.ts';

/** The digest that the layers above ask for. */
const NAME = 'SHA-256';

/** How to compute a digest. */
export interface DigestDefinition {
  readonly defines: 'digest';
  /** The name of the algorithm, unique in a context. */
  readonly name: 'SHA-256';
  /** The digest of data: 32 bytes, in memory of their own. */
  digest(data: Uint8Array): Uint8Array;
}

/**
 * Defines how to compute a digest, by an object or an instance of a class. A context without one of a name takes that of
 * the library.
 *
 * @example
 * ```ts
 * import { createHash } from 'node:crypto';
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { defineDigest, definePlugin } from 'mkm';
 *
 * const sha256 = defineDigest({
 *   name: 'SHA-256',
 *   digest: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
 * });
 * const dim = createDim({ plugins: [standardPlugin(), definePlugin('own digest', [sha256], { replace: true })] });
 * ```
 * @throws DimError `USAGE_ARGUMENT` for a name that nobody asks for
 */
export function defineDigest(definition: Omit<DigestDefinition, 'defines'>): DigestDefinition {
  // A cast, or no compiler, lets anything in here, and what is misspelt would never be asked.
  const name: string = definition.name;
  if (name !== NAME) throw new DimError('USAGE_ARGUMENT', `must be ${NAME}, not ${name}`, { path: 'name' });
  return { defines: 'digest', name, digest: (data) => definition.digest(data) };
}

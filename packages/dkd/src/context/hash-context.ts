/** SHA-256 of a context: what envelope proofs, read marks and the names of keys are computed with. */
import { sha256 } from '@noble/hashes/sha2.js';
import { DimError, type DigestDefinition, type Plugin } from 'mkm';
import { callPlugin, collectDefinitions } from 'mkm/internal';

const NAME = 'SHA-256';
const DIGEST_BYTES = 32;

/** What a step that hashes needs of a context. */
export interface HashContext {
  /**
   * The SHA-256 digest of data, 32 bytes: as a plugin defines it, and else in JavaScript.
   * @throws DimError `INTERNAL_PLUGIN`
   */
  readonly sha256: (data: Uint8Array) => Uint8Array;
}

/**
 * The one that the plugins define, or that of the library where none does.
 * @throws DimError `USAGE_DUPLICATE`
 */
export function sha256Of(plugins: readonly Plugin[]): HashContext['sha256'] {
  const definition = collectDefinitions<DigestDefinition>(plugins, 'digest', ({ name }) => name).get(NAME);
  if (definition === undefined) return (data) => sha256(data);
  return (data) => {
    const digest: unknown = callPlugin(`digest ${NAME}`, () => definition.digest(data));
    // A shorter one would make messages equal that are not, and keys.
    if (!isDigest(digest))
      throw new DimError('INTERNAL_PLUGIN', `the definition of digest ${NAME} gave no ${DIGEST_BYTES} bytes`);
    // A copy: it may be memory that the next digest is written to.
    return new Uint8Array(digest);
  };
}

/** Of whatever realm. */
function isDigest(digest: unknown): digest is Uint8Array {
  const isBytes = Object.prototype.toString.call(digest) === '[object Uint8Array]';
  return isBytes && (digest as Uint8Array).length === DIGEST_BYTES;
}

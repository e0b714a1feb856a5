/**
 * PLAIN: no encryption, for broadcast messages. Whoever uses it must know that the receiver is everyone.
 *
 * `{ "algorithm": "PLAIN" }`
 */
import {
  defineKeyAlgorithm,
  type JsonMap,
  type KeyAlgorithmDefinition,
  type StreamCipher,
  type StreamEncryption,
  type StreamKey,
  type SymmetricCiphertext,
  type SymmetricKey,
} from 'mkm';
import { requireBytes } from '../../coding/byte-argument.ts';
import { SecretAlgorithmKey } from '../algorithm-key.ts';

const PLAIN = 'PLAIN';
const NOTHING: JsonMap = /* @__PURE__ */ Object.freeze({});
/** It remembers nothing, so that one serves all; it copies, as the memory of a chunk may be used again. */
const STREAM: StreamCipher = /* @__PURE__ */ Object.freeze({
  update: (chunk: Uint8Array) => new Uint8Array(requireBytes(chunk, 'chunk')),
  finish: () => new Uint8Array(),
});

/**
 * The algorithm `PLAIN`: its keys return their input. There are no public or private ones.
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { plainAlgorithm } from 'dimplugins';
 *
 * const plain = definePlugin('plain', [plainAlgorithm()]);
 * const { SymmetricKey } = createIdentityContext({ plugins: [plain] });
 * const key = SymmetricKey.parse({ algorithm: 'PLAIN' });
 * ```
 */
export function plainAlgorithm(): KeyAlgorithmDefinition {
  return defineKeyAlgorithm({
    algorithm: PLAIN,
    symmetricKey: {
      read: (fields) => new PlainKey(fields),
      generate: () => new PlainKey(Object.freeze({ algorithm: PLAIN })),
    },
  });
}

class PlainKey extends SecretAlgorithmKey implements SymmetricKey, StreamKey {
  readonly algorithm = PLAIN;

  encrypt(plaintext: Uint8Array): SymmetricCiphertext {
    return { ciphertext: requireBytes(plaintext, 'plaintext'), extra: NOTHING };
  }

  decrypt(ciphertext: Uint8Array): Uint8Array {
    return requireBytes(ciphertext, 'ciphertext');
  }

  startEncryption(): StreamEncryption {
    return { cipher: STREAM, extra: NOTHING };
  }

  startDecryption(): StreamCipher {
    return STREAM;
  }

  protected override describe(): string {
    return `PlainKey { algorithm: 'PLAIN' }`;
  }
}

/**
 * AES in Galois/Counter Mode. Its nonces are short: one key is good for 2^32 messages with random ones.
 *
 * `{ "algorithm": "AES-GCM", "data": base64 of 16, 24 or 32 bytes }`; `IV` of 12 bytes; the tag of 16 comes last
 */
import type { KeyAlgorithmDefinition } from 'mkm';
import type { ModernBackend } from '../../backend/modern-backend.ts';
import { authenticatedAlgorithm } from './authenticated-key.ts';

/**
 * The algorithm `AES-GCM` on a backend. New keys have 256 bits unless `bits` says otherwise.
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { aesGcmAlgorithm, platformModernBackend } from 'dimplugins/modern';
 *
 * const gcm = definePlugin('gcm', [aesGcmAlgorithm(platformModernBackend)]);
 * const { SymmetricKey } = createIdentityContext({ plugins: [gcm] });
 * const key = await SymmetricKey.generate('AES-GCM', { bits: 128 });
 * const { ciphertext, extra } = await key.encrypt(new TextEncoder().encode('Hello'));
 * const plaintext = await key.decrypt(ciphertext, extra);
 * ```
 */
export function aesGcmAlgorithm(backend: ModernBackend): KeyAlgorithmDefinition {
  return authenticatedAlgorithm({
    algorithm: 'AES-GCM',
    keyName: 'AesGcmKey',
    keyBytes: [16, 24, 32],
    defaultBits: 256,
    nonceBytes: 12,
    cipher: backend.aesGcm,
    backend,
  });
}

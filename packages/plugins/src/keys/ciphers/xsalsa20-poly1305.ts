/**
 * XSalsa20-Poly1305, which NaCl calls secretbox. Its nonces are so long that random ones never meet.
 *
 * `{ "algorithm": "XSALSA20-POLY1305", "data": base64 of 32 bytes }`; `IV` of 24 bytes; the tag comes first
 */
import type { KeyAlgorithmDefinition } from 'mkm';
import type { ModernBackend } from '../../backend/modern-backend.ts';
import { authenticatedAlgorithm } from './authenticated-key.ts';
import { RAW_KEY_BYTES } from '../raw-key.ts';

/**
 * The algorithm `XSALSA20-POLY1305` on a backend.
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { platformModernBackend, xsalsa20Poly1305Algorithm } from 'dimplugins/modern';
 *
 * const secretbox = definePlugin('secretbox', [xsalsa20Poly1305Algorithm(platformModernBackend)]);
 * const { SymmetricKey } = createIdentityContext({ plugins: [secretbox] });
 * const key = await SymmetricKey.generate('XSALSA20-POLY1305');
 * const { ciphertext, extra } = await key.encrypt(new TextEncoder().encode('Hello'));
 * const plaintext = await key.decrypt(ciphertext, extra);
 * ```
 */
export function xsalsa20Poly1305Algorithm(backend: ModernBackend): KeyAlgorithmDefinition {
  return authenticatedAlgorithm({
    algorithm: 'XSALSA20-POLY1305',
    keyName: 'XSalsa20Poly1305Key',
    keyBytes: [RAW_KEY_BYTES],
    defaultBits: 256,
    nonceBytes: 24,
    cipher: backend.xsalsa20Poly1305,
    backend,
  });
}

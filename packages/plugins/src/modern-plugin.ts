/**
 * `dimplugins/modern`: keys that not every client of the family understands. Nothing else imports this, so that it costs
 * nothing where it is not used.
 */
import { modernBackend as platformModernBackend } from '#modern-backend';
import { definePlugin, type Plugin } from 'mkm';
import { type IdentityDefinition } from 'mkm/extend';
import type { ModernBackend } from './backend/modern-backend.ts';
import { aesGcmAlgorithm } from './keys/ciphers/aes-gcm.ts';
import { ed25519Algorithm } from './keys/curve25519/ed25519.ts';
import { x25519Algorithm } from './keys/curve25519/x25519.ts';
import { xsalsa20Poly1305Algorithm } from './keys/ciphers/xsalsa20-poly1305.ts';

export { aesGcmAlgorithm, ed25519Algorithm, platformModernBackend, x25519Algorithm, xsalsa20Poly1305Algorithm };
export type { ModernBackend } from './backend/modern-backend.ts';

/** Options for {@link modernPlugin}. */
export interface ModernPluginOptions {
  /** The cryptography to use; the fastest of the platform, if not given. */
  readonly backend?: ModernBackend;
}

/**
 * The plugin of all modern algorithms: `ED25519`, `X25519`, `XSALSA20-POLY1305`, `AES-GCM`. It stands beside the standard
 * one, which peers without these fall back to.
 *
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { modernPlugin } from 'dimplugins/modern';
 *
 * const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });
 * const key = await dim.PrivateKey.generate('ED25519');
 * ```
 */
export function modernPlugin(options: ModernPluginOptions = {}): Plugin<IdentityDefinition> {
  const backend = options.backend ?? platformModernBackend;
  return definePlugin('modern', [
    ed25519Algorithm(backend),
    x25519Algorithm(backend),
    xsalsa20Poly1305Algorithm(backend),
    aesGcmAlgorithm(backend),
  ]);
}

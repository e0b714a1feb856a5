/** The modern backend of Node: node:crypto, and tweetnacl for the cipher that OpenSSL does not have. */
import type { ModernBackend } from '../modern-backend.ts';
import { xsalsa20Poly1305 } from '../portable/xsalsa20-poly1305.ts';
import { aesGcm } from './aes-gcm.ts';
import { ed25519 } from './ed25519.ts';
import { randomBytes, randomNonce } from './random-bytes.ts';
import { x25519 } from './x25519.ts';

/** The fastest modern cryptography on Node. */
export const modernBackend: ModernBackend = {
  name: 'native',
  randomBytes,
  randomNonce,
  ed25519,
  x25519,
  xsalsa20Poly1305,
  aesGcm,
};

/** The modern backend for browsers and everything else: JavaScript only. */
import type { ModernBackend } from '../modern-backend.ts';
import { aesGcm } from './aes-gcm.ts';
import { ed25519 } from './ed25519.ts';
import { randomBytes } from './random-bytes.ts';
import { x25519 } from './x25519.ts';
import { xsalsa20Poly1305 } from './xsalsa20-poly1305.ts';

/** Modern cryptography wherever JavaScript runs. */
export const modernBackend: ModernBackend = {
  name: 'portable',
  randomBytes,
  randomNonce: randomBytes,
  ed25519,
  x25519,
  xsalsa20Poly1305,
  aesGcm,
};

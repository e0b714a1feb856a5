/** The backend of Node, where verifying does not stop the event loop either: for servers, which verify what strangers send. */
import { Buffer } from 'node:buffer';
import { createPublicKey, verify, type VerifyKeyObjectInput } from 'node:crypto';
import { encodeSpki } from '../../coding/secp256k1-encoding.ts';
import type { Backend, Secp256k1Backend } from '../backend.ts';
import { once } from '../once.ts';
import { backend } from './index.ts';
import { COMPACT, hasCurve } from './secp256k1.ts';

/**
 * As the backend of Node, with secp256k1 verified in libuv's thread pool: it takes as long as ten verifications with RSA do, and
 * goes on on other cores. One alone takes a little longer so.
 */
export const threadedBackend: Backend = Object.freeze({
  ...backend,
  secp256k1: Object.freeze<Secp256k1Backend>({
    ...backend.secp256k1,
    publicKey: (point) => chosen().publicKey(point),
  }),
});

/** Asks once, at the first use. */
const chosen = once(() => (hasCurve() ? { publicKey: threadedKey } : backend.secp256k1));

function threadedKey(point: Uint8Array): ReturnType<Secp256k1Backend['publicKey']> {
  const key = createPublicKey({ key: Buffer.from(encodeSpki(point)), format: 'der', type: 'spki' });
  return { verify: (message, signature) => verifyInThreadPool(message, { key, ...COMPACT }, signature) };
}

function verifyInThreadPool(message: Uint8Array, key: VerifyKeyObjectInput, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify('sha256', message, key, signature, (error, isRight) => {
      if (error === null) resolve(isRight);
      else reject(error);
    });
  });
}

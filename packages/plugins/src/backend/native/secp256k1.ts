/** secp256k1 of node:crypto, or in JavaScript where node:crypto is built without this curve, as in Electron. */
import { Buffer } from 'node:buffer';
import { createECDH, createPrivateKey, createPublicKey, generateKeyPair, verify, type KeyObject } from 'node:crypto';
import { once } from '../once.ts';
import { encodePkcs8, encodeSpki } from '../../coding/secp256k1-encoding.ts';
import type { Secp256k1Backend } from '../backend.ts';
import { secp256k1 as portable } from '../portable/secp256k1.ts';
import { plainBytes } from './plain-bytes.ts';
import { signInThreadPool } from './thread-pool.ts';

const SCALAR_BYTES = 32;

/** Signatures as `r‖s` instead of DER. */
export const COMPACT = { dsaEncoding: 'ieee-p1363' } as const;

/** Asks once, at the first use. */
const chosen = once(() => (hasCurve() ? ofPlatform : portable));

export const secp256k1: Secp256k1Backend = {
  publicKey: (point) => chosen().publicKey(point),
  privateKey: (scalar, point) => chosen().privateKey(scalar, point),
  pointOf: (scalar) => chosen().pointOf(scalar),
  generate: () => chosen().generate(),
};

const ofPlatform: Secp256k1Backend = {
  publicKey(point) {
    const key = createPublicKey({ key: Buffer.from(encodeSpki(point)), format: 'der', type: 'spki' });
    return { verify: (message, signature) => verify('sha256', message, { key, ...COMPACT }, signature) };
  },
  privateKey(scalar, point) {
    const key = createPrivateKey({ key: Buffer.from(encodePkcs8(scalar, point)), format: 'der', type: 'pkcs8' });
    return { sign: (message) => signInThreadPool(message, { key, ...COMPACT }) };
  },
  pointOf(scalar) {
    const ecdh = createECDH('secp256k1');
    ecdh.setPrivateKey(scalar);
    return plainBytes(ecdh.getPublicKey());
  },
  generate() {
    return new Promise((resolve, reject) => {
      generateKeyPair('ec', { namedCurve: 'secp256k1' }, (error, _publicKey, privateKey) => {
        if (error === null) resolve(scalarOf(privateKey));
        else reject(error);
      });
    });
  },
};

/** Whether the platform has the curve. By trying: some list curves that they have for one use and not for the other. */
export function hasCurve(): boolean {
  try {
    const one = new Uint8Array(SCALAR_BYTES);
    one.set([1], SCALAR_BYTES - 1);
    ofPlatform.publicKey(ofPlatform.pointOf(one));
    return true;
  } catch {
    return false;
  }
}

function scalarOf(key: KeyObject): Uint8Array {
  const scalar = new Uint8Array(SCALAR_BYTES);
  const text = key.export({ format: 'jwk' }).d ?? '';
  const digits = Buffer.from(text, 'base64url');
  scalar.set(digits, SCALAR_BYTES - digits.length);
  return scalar;
}

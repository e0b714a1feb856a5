/**
 * Keys of Curve25519 as node:crypto's objects. Public keys come and go as JWK, which takes a tenth of the time that DER
 * takes; private keys come in as DER, which says nothing of the public key.
 */
import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const PKCS8_PREFIX = {
  Ed25519: '302e020100300506032b657004220420',
  X25519: '302e020100300506032b656e04220420',
} as const;

/** The two curves, by their names in JWK. */
export type OkpCurve = keyof typeof PKCS8_PREFIX;

/** A public key of 32 bytes. */
export function importPublicKey(curve: OkpCurve, bytes: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: curve, x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });
}

/** A private key of 32 bytes. */
export function importPrivateKey(curve: OkpCurve, bytes: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(PKCS8_PREFIX[curve], 'hex'), bytes]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public key in a public or private key. */
export function exportPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'));
}

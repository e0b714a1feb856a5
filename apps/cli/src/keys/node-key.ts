/** Keys as objects of Node, which writes them in the forms that are standards. */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { textOf } from 'dimp/extend';
import { platformBackend } from 'dimplugins';
import { looksLikePem, parsePem, parseRsaPrivateKey, parseSecp256k1PrivateKey } from 'dimplugins/internal';
import { publicOf, type KnownKey } from './known-key.ts';

/** A key with two halves. */
export type PairKey = Exclude<KnownKey, { readonly part: 'secret' }>;

/** The key as an object of Node. */
export function nodeKey(known: PairKey): KeyObject {
  return known.part === 'private' ? privateKeyOf(known) : publicKeyOf(known);
}

/** The two curves, by their names in JWK. */
const CURVES = { ED25519: 'Ed25519', X25519: 'X25519' } as const;

function privateKeyOf(known: PairKey): KeyObject {
  const { algorithm, key } = known;
  const data = textOf(key.fields, 'data');
  if (algorithm === 'RSA') {
    const { pkcs1 } = parseRsaPrivateKey(privateDer(data));
    return createPrivateKey({ key: Buffer.from(pkcs1), format: 'der', type: 'pkcs1' });
  }
  if (algorithm === 'ECC') {
    const { scalar, point } = parseSecp256k1PrivateKey(data, (one) => platformBackend.secp256k1.pointOf(one));
    return createPrivateKey({ key: { ...pointJwk(point), d: base64url(scalar) }, format: 'jwk' });
  }
  // A pair of seed and public key in a row is read, too.
  const d = base64url(Buffer.from(data, 'base64').subarray(0, OKP_BYTES));
  const { x = '' } = publicKeyOf(publicOf(known)).export({ format: 'jwk' });
  return createPrivateKey({ key: { kty: 'OKP', crv: CURVES[algorithm], d, x }, format: 'jwk' });
}

function publicKeyOf({ algorithm, key }: PairKey): KeyObject {
  // The same bytes for the same key, however it was written; keys of ED25519 have one spelling only.
  const bytes = Buffer.from(key.canonical ?? ('data' in key ? key.data : []));
  if (algorithm === 'RSA') return createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' });
  if (algorithm === 'ECC') return createPublicKey({ key: pointJwk(bytes), format: 'jwk' });
  return createPublicKey({ key: { kty: 'OKP', crv: CURVES[algorithm], x: base64url(bytes) }, format: 'jwk' });
}

const OKP_BYTES = 32;
const COORDINATE = 32;

/** Old files have the public key beside it in one text. */
function privateDer(text: string): Uint8Array {
  const block = looksLikePem(text) ? parsePem(text).find(({ label }) => label.includes('PRIVATE')) : undefined;
  if (block === undefined) throw new TypeError('a private key that was read has its PEM');
  return block.der;
}

function pointJwk(point: Uint8Array): JsonWebKey {
  const x = point.subarray(1, 1 + COORDINATE);
  return { kty: 'EC', crv: 'secp256k1', x: base64url(x), y: base64url(point.subarray(1 + COORDINATE)) };
}

/** The bytes of one member of a key's JSON Web Key. */
export function jwkMember(object: KeyObject, name: 'd' | 'x' | 'y'): Buffer {
  return Buffer.from(object.export({ format: 'jwk' })[name] ?? '', 'base64url');
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

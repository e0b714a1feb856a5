/** What is told of a key: nothing of what nobody may see. */
import { createHash } from 'node:crypto';
import type { JsonMap } from 'dimp';
import { keyDigest } from 'dimp/extend';
import { ethereumStyleAddress } from 'dimplugins';
import { dim } from '../home/dim.ts';
import { printable } from '../text/printable.ts';
import { formsOf, KEY_FORMS, type KeyForm } from './key-forms.ts';
import { publicOf, type KnownKey } from './known-key.ts';
import { nodeKey, type PairKey } from './node-key.ts';

/** The documented shape: `{ algorithm, bits, part, form, forms, fingerprint, address }`. The address is that of a meta of type ETH. */
export function keyJson(known: KnownKey, form: KeyForm): JsonMap {
  const { algorithm, part } = known;
  return {
    algorithm,
    bits: bitsOf(known),
    part,
    form,
    forms: formsOf(known),
    fingerprint: fingerprintOf(known),
    address: addressOf(known) ?? null,
  };
}

/** The same for people. */
export function keyText(known: KnownKey, form: KeyForm): string {
  const address = addressOf(known);
  const rows = [
    ['key', `${printable(known.algorithm)}, ${bitsOf(known)} bits, ${known.part}`],
    ['form', `${form} (${KEY_FORMS[form]})`],
    ['fingerprint', fingerprintOf(known)],
    ...(address === undefined ? [] : [['address', `${address} (with a meta of type ETH)`]]),
  ];
  return rows.map(([name = '', value = '']) => `${name.padEnd(WIDTH)}${value}`).join('\n');
}

/** Of the column of names. */
export const WIDTH = 13;

function bitsOf(known: KnownKey): number {
  if (known.part === 'secret') {
    const { data } = known.key.fields;
    return typeof data === 'string' ? Buffer.from(data, 'base64').length * 8 : 0;
  }
  return nodeKey(known).asymmetricKeyDetails?.modulusLength ?? CURVE_BITS;
}

/** Of secp256k1 and of Curve25519, as they are written. */
const CURVE_BITS = 256;

/**
 * Which key it is, whatever form it is written in: of a pair the thumbprint of RFC 7638, the same for both halves; of a secret
 * key what messages name it by, which says nothing of it.
 */
function fingerprintOf(known: KnownKey): string {
  if (known.part === 'secret') return keyDigest(dim, known.key);
  const jwk = nodeKey(publicOf(known)).export({ format: 'jwk' });
  const { crv, e, kty, n, x, y } = jwk;
  // The members in the order of their names, and no others.
  const text = JSON.stringify({ crv, e, kty, n, x, y });
  return createHash('sha256').update(text).digest('base64url');
}

function addressOf(known: KnownKey): string | undefined {
  if (known.algorithm !== 'ECC') return undefined;
  const { key } = publicOf(known as PairKey);
  return 'data' in key ? ethereumStyleAddress(key.data).toString() : undefined;
}

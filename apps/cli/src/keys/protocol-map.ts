/** The map of the protocol for a key that came in another form, with the hints that deployed writers put beside it. */
import type { JsonMap } from 'dimp';
import { jwkMember, nodeKey, type PairKey } from './node-key.ts';

const HINTS = {
  RSA: { mode: 'ECB', padding: 'PKCS1', digest: 'SHA256' },
  ECC: { curve: 'SECP256k1', digest: 'SHA256' },
} as const;

/** The map of a key, written as a new one is. */
export function protocolMap(known: PairKey): JsonMap {
  const { algorithm, part } = known;
  const object = nodeKey(known);
  if (algorithm === 'RSA') {
    const data = object.export({ type: part === 'private' ? 'pkcs1' : 'spki', format: 'pem' }).toString();
    const keySize = Math.ceil((object.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
    return { algorithm, data: data.trimEnd(), ...HINTS.RSA, keySize };
  }
  if (algorithm === 'ECC') {
    const data = object.export({ type: part === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
    return { algorithm, data, ...HINTS.ECC };
  }
  return { algorithm, data: jwkMember(object, part === 'private' ? 'd' : 'x').toString('base64') };
}

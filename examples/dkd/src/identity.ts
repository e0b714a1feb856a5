/** An identity of our own: keys of Node's Ed25519, and addresses that are the hash of the key. */
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import * as dkd from 'dkd';
import { decodeBase64, encodeBase64, textOf, within } from 'dkd/extend';

const ALGORITHM = 'ED25519';

function publicKeyOf(fields: dkd.JsonMap): dkd.PublicKey {
  const data = within('data', () => decodeBase64(textOf(fields, 'data')));
  const key = createPublicKey({ key: Buffer.from(data), format: 'der', type: 'spki' });
  return {
    algorithm: ALGORITHM,
    fields,
    data,
    verify: (message, signature) => verify(null, message, key, signature),
    toJSON: () => fields,
  };
}

/** A new key, that stays where it is: nothing writes it down. */
export function generateKey(): dkd.PrivateKey {
  const pair = generateKeyPairSync('ed25519');
  const data = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  const fields = Object.freeze({ algorithm: ALGORITHM, data: encodeBase64(data) });
  return {
    algorithm: ALGORITHM,
    fields,
    publicKey: publicKeyOf(fields),
    sign: (message) => new Uint8Array(sign(null, message, pair.privateKey)),
    toJSON: () => fields,
  };
}

function hashAddress(data: Uint8Array, network: number): dkd.Address {
  const text = `h${network}-${createHash('sha256').update(data).digest('hex').slice(0, 32)}`;
  return new dkd.Address({ text, kind: 'hash', network });
}

export const identityPlugin = dkd.definePlugin('identity', [
  dkd.defineKeyAlgorithm({ algorithm: ALGORITHM, publicKey: { read: publicKeyOf } }),
  dkd.defineAddress({
    name: 'hash',
    parse: (text) => (/^h0-[0-9a-f]{32}$/.test(text) ? new dkd.Address({ text, kind: 'hash', network: 0 }) : undefined),
  }),
  dkd.defineMeta({
    type: '1001',
    name: 'HASH',
    seed: 'absent',
    address: ({ publicKey }, network) => hashAddress(publicKey.data, network),
  }),
]);

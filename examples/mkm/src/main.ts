/**
 * mkm alone: identities with any cryptography. Here a plugin of our own brings Ed25519 keys of Node,
 * and addresses that are the hash of what binds them; mkm does the rest.
 */
import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import * as mkm from 'mkm';

function readPublicKey(fields: mkm.JsonMap): mkm.PublicKey {
  const data = mkm.decodeBase64(mkm.textOf(fields, 'data'));
  const key = createPublicKey({ key: Buffer.from(data), format: 'der', type: 'spki' });
  return {
    algorithm: 'ED25519',
    fields,
    data,
    verify: (message, signature) => verify(null, message, key, signature),
    toJSON: () => fields,
  };
}

function generatePrivateKey(): mkm.PrivateKey {
  const pair = generateKeyPairSync('ed25519');
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const publicKey = readPublicKey({ algorithm: 'ED25519', data: mkm.encodeBase64(spki) });
  const fields = { algorithm: 'ED25519' };
  return { ...publicKey, fields, publicKey, sign: (message) => new Uint8Array(sign(null, message, pair.privateKey)) };
}

function hashAddress(data: Uint8Array, network: number): mkm.Address {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 32);
  return new mkm.Address({ text: `h${network}-${hash}`, kind: 'hash', network });
}

const ourPlugin = mkm.definePlugin('example', [
  mkm.defineKeyAlgorithm({
    algorithm: 'ED25519',
    publicKey: { read: readPublicKey },
    privateKey: {
      generate: generatePrivateKey,
      read() {
        throw new mkm.DimError('UNSUPPORTED_ALGORITHM', 'this example only generates keys');
      },
    },
  }),
  mkm.defineAddress({
    name: 'hash',
    parse(text) {
      const [, network] = /^h(\d{1,3})-[0-9a-f]{32}$/.exec(text) ?? [];
      return network === undefined ? undefined : new mkm.Address({ text, kind: 'hash', network: Number(network) });
    },
  }),
  mkm.defineMeta({
    type: mkm.MetaType.MKM,
    name: 'MKM',
    seed: 'required',
    address: ({ fingerprint }, network) => (fingerprint === undefined ? undefined : hashAddress(fingerprint, network)),
  }),
]);

const { ID, Meta, Document, PrivateKey } = mkm.createIdentityContext({ plugins: [ourPlugin] });

const privateKey = await PrivateKey.generate('ED25519');
const meta = await Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
const id = ID.parse(meta.id().toString());
console.log('ID      ', id.toString());
console.log('is hers ', await mkm.verifyMeta(meta, id));

const visa = await Document.create({ type: 'visa', did: id, properties: { name: 'Alice' } }).sign(privateKey);
const forged = Document.parse({ ...visa.toMap(), data: visa.data?.replace('Alice', 'Mally') });
console.log('visa    ', visa.name, await visa.verify(meta.publicKey));
console.log('forged  ', forged.name, await forged.verify(meta.publicKey));

const stranger = ID.safeParse('alice@0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354');
if (!stranger.ok) console.log('stranger', stranger.error.message);

assert.ok(
  (await mkm.verifyMeta(meta, id)) && (await visa.verify(meta.publicKey)) && !(await forged.verify(meta.publicKey)),
);

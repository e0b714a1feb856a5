/**
 * Owners of documents, for trials only: with keys that sign without any secret, so that no cryptography is needed to
 * check a type of document.
 */
import {
  Address,
  defineAddress,
  defineKeyAlgorithm,
  defineMeta,
  definePlugin,
  EntityType,
  verifyMeta,
  type IdentityContext,
  type JsonMap,
  type Plugin,
  type PrivateKey,
  type PublicKey,
  type VerifiedMeta,
} from 'mkm';
import { decodeBase64, encodeBase64, textOf } from 'mkm/extend';

/** Who signs documents in a trial. */
export interface Owner {
  readonly meta: VerifiedMeta;
  readonly privateKey: PrivateKey;
}

const NAME = 'TRIAL';
const TYPE = '4294967295';

function publicKeyOf(fields: JsonMap): PublicKey {
  const data = decodeBase64(textOf(fields, 'data'));
  return {
    algorithm: NAME,
    fields,
    data,
    verify: (message, signature) => encodeBase64(checksum(data, message)) === encodeBase64(signature),
    toJSON: () => fields,
  };
}

function privateKeyOf(fields: JsonMap): PrivateKey {
  const publicKey = publicKeyOf(fields);
  return {
    algorithm: NAME,
    fields,
    publicKey,
    sign: (message) => checksum(publicKey.data, message),
    toJSON: () => fields,
  };
}

let generated = 0;

const algorithm = /* @__PURE__ */ defineKeyAlgorithm({
  algorithm: NAME,
  publicKey: { read: publicKeyOf },
  privateKey: {
    read: privateKeyOf,
    generate: () =>
      privateKeyOf({ algorithm: NAME, data: encodeBase64(Uint8Array.of((generated += 1) & 0xff, generated >> 8)) }),
  },
});

const address = /* @__PURE__ */ defineAddress({
  name: NAME,
  parse(text) {
    const [, network] = /^trial-(\d{1,3})-\d+$/.exec(text) ?? [];
    return network === undefined ? undefined : new Address({ text, kind: NAME, network: Number(network) });
  },
});

const meta = /* @__PURE__ */ defineMeta({
  type: TYPE,
  name: NAME,
  seed: 'absent',
  address: ({ publicKey }, network) =>
    new Address({ text: `trial-${network}-${publicKey.data.join('')}`, kind: NAME, network }),
});

/** What the owners need in a context. */
export const ownersPlugin: Plugin = /* @__PURE__ */ definePlugin('owners for trials', [algorithm, address, meta]);

/** A new owner: a user, or a group. */
export async function createOwner(context: IdentityContext, kind: 'user' | 'group'): Promise<Owner> {
  const privateKey = await context.PrivateKey.generate(NAME);
  const own = await context.Meta.generate({ type: TYPE, privateKey });
  const verified = await verifyMeta(own, own.id(kind === 'group' ? EntityType.GROUP : EntityType.USER));
  if (!verified) throw new Error('the meta of a new owner does not verify');
  return { meta: verified, privateKey };
}

/** FNV-1a: another one for each change of a byte, and of no use against anybody who wants to forge. */
function checksum(...parts: readonly Uint8Array[]): Uint8Array {
  let hash = 0x811c9dc5;
  for (const part of parts) for (const byte of part) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash);
}

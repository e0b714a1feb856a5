/**
 * The fair bound: the same bytes with node:crypto and JSON, and the checks that safety demands and no other. Strict base64
 * and UTF-8, counted and frozen values, known IDs, unpadding in constant time, the address of a meta. Key objects are
 * kept, everything is synchronous, nothing can be extended. What we take beyond it is what we add.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
  type KeyObject,
  type RsaPrivateKey,
  type RsaPublicKey,
} from 'node:crypto';
import type { Correspondence, PlainKey } from './bare.ts';
import { addressOf, frozenCopy, frozenJson, isWellFormed, strictBase64, strictText, unpad } from './checks.ts';

const NODE = Number(process.versions.node.split('.')[0]);

/** Node 24 looks long into whatever is no key object; before, making one took longer. */
export function cipherKey(bytes: Uint8Array): KeyObject | Uint8Array {
  return NODE >= 24 ? createSecretKey(bytes) : bytes;
}

/** A key and its padding: an object of options, or a key object that has it, since Node 24 looks long into the other. */
export interface RsaEncryption {
  readonly key?: KeyObject;
  readonly padding: number;
}

function withPadding(key: KeyObject, padding: number): RsaEncryption {
  return NODE >= 24 ? Object.assign(key, { padding }) : { key, padding };
}

/** A public key as {@link packFairly} wants it. */
export function rsaEncryption(key: KeyObject): RsaEncryption {
  return withPadding(key, constants.RSA_PKCS1_PADDING);
}

/** Who is known, with the keys of each as objects. */
export interface Acquaintances {
  readonly ids: ReadonlySet<string>;
  /** Where the platform rejects wrong paddings implicitly, it takes them off; where it does not, they are taken off here. */
  readonly decryptKey?: RsaEncryption | undefined;
  /** The key that was used last, for messages without one. */
  readonly kept?: KeyObject | Uint8Array | undefined;
}

/** A package for each who has one of the keys; for those who know the message key, without any. */
export function packFairly(
  { sender, receiver, signKey }: Correspondence,
  content: { readonly text: string },
  key: PlainKey,
  encryptKeys: ReadonlyMap<string, RsaEncryption>,
  kept?: KeyObject | Uint8Array,
): Buffer {
  if (!isWellFormed(content.text)) throw new Error('no text');
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', kept ?? cipherKey(key.bytes), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(Object.freeze(content))), cipher.final()]);
  const message: { [name: string]: unknown } = {
    sender,
    receiver,
    time: Date.now() / 1000,
    type: '1',
    IV: iv.toString('base64'),
    data: data.toString('base64'),
  };
  if (encryptKeys.size > 0) {
    const plain = Buffer.from(JSON.stringify(key.fields));
    const keys: { [name: string]: string } = {};
    for (const [id, publicKey] of encryptKeys)
      keys[id] = publicEncrypt(publicKey as RsaPublicKey, plain).toString('base64');
    message['keys'] = keys;
  }
  message['signature'] = sign('sha256', data, signKey).toString('base64');
  return Buffer.from(JSON.stringify(Object.freeze(message)));
}

interface WireMessage {
  readonly sender: unknown;
  readonly receiver: unknown;
  readonly time: unknown;
  readonly type: unknown;
  readonly IV: unknown;
  readonly data: unknown;
  readonly signature: unknown;
  readonly keys?: Readonly<Record<string, string>>;
}

interface WireContent {
  readonly type: unknown;
  readonly sn: unknown;
}

/** The content of a package, from somebody who is known. */
export function unpackFairly(
  bytes: Uint8Array,
  { receiver, verifyKey }: Correspondence,
  { ids, decryptKey, kept }: Acquaintances,
): { readonly message: WireMessage; readonly content: WireContent } {
  const message = frozenJson(strictText(bytes)) as WireMessage;
  if (!ids.has(message.sender as string) || !ids.has(message.receiver as string)) throw new Error('who is that?');
  if (typeof message.time !== 'number') throw new Error('no time');
  const data = strictBase64(message.data);
  if (!verify('sha256', data, verifyKey, strictBase64(message.signature))) throw new Error('not verified');
  const key = decryptKey === undefined ? kept : cipherKey(messageKeyOf(message, receiver, decryptKey));
  if (key === undefined) throw new Error('no key');
  const decipher = createDecipheriv('aes-256-cbc', key, strictBase64(message.IV));
  decipher.setAutoPadding(false);
  const padded = decipher.update(data);
  decipher.final();
  const content = frozenJson(strictText(unpad(padded))) as WireContent;
  if (typeof content.type !== 'string' || !Number.isSafeInteger(content.sn)) throw new Error('no content');
  if (content.type !== message.type) throw new Error('another type');
  return { message, content };
}

/** Whether the platform takes the padding of RSA off by itself, and tells nobody of wrong ones. */
const rejectsImplicitly = NODE >= 22;

function messageKeyOf(message: WireMessage, receiver: string, privateKey: RsaEncryption): Uint8Array {
  // The types know no key object with a padding.
  const decrypted = privateDecrypt(privateKey as RsaPrivateKey, strictBase64(message.keys?.[receiver]));
  const plain = rejectsImplicitly ? decrypted : decrypted.subarray(decrypted.indexOf(0, 2) + 1);
  const fields = frozenJson(strictText(plain)) as PlainKey['fields'];
  return strictBase64(fields.data);
}

/** A private key as {@link unpackFairly} wants it. */
export function decryptKeyOf(key: KeyObject): RsaEncryption {
  return withPadding(key, rejectsImplicitly ? constants.RSA_PKCS1_PADDING : constants.RSA_NO_PADDING);
}

/** Whether a meta is that of an address, with a key that was read before. */
export function verifyMetaFairly(given: object, keys: ReadonlyMap<unknown, KeyObject>, address: string): boolean {
  const meta = frozenCopy(given);
  const { type, seed, key: keyFields } = meta;
  if (type !== '1' || typeof seed !== 'string' || /[@/\\\p{Z}\s\p{Cc}\p{Cf}\p{Cs}]/u.test(seed)) return false;
  const key = keys.get((keyFields as { readonly data?: unknown }).data);
  if (key === undefined) return false;
  const fingerprint = strictBase64(meta['fingerprint']);
  return addressOf(fingerprint) === address && verify('sha256', Buffer.from(seed), key, fingerprint);
}

/** Whether a visa is that of somebody who is known, and what it says. */
export function verifyVisaFairly(given: object, key: KeyObject, ids: ReadonlySet<string>): boolean {
  const { type, did, data, signature } = frozenCopy(given);
  if (type !== 'visa' || !ids.has(did as string) || typeof data !== 'string') return false;
  const properties = frozenJson(data) as { readonly key?: { readonly data?: unknown } };
  if (typeof properties.key?.data !== 'string') return false;
  return verify('sha256', Buffer.from(data), key, strictBase64(signature));
}

/**
 * The bare bound: the same bytes with node:crypto and JSON and nothing else. No check but the cryptography's own, key
 * objects kept, everything synchronous. It believes whatever it reads, so that nobody should use it.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** Who writes to whom. */
export interface Correspondence {
  readonly sender: string;
  readonly receiver: string;
  readonly signKey: KeyObject;
  readonly verifyKey: KeyObject;
}

/** A message key. */
export interface PlainKey {
  readonly bytes: Buffer;
  readonly fields: { readonly algorithm: 'AES'; readonly data: string };
}

export function makeKey(): PlainKey {
  const bytes = randomBytes(32);
  return { bytes, fields: { algorithm: 'AES', data: bytes.toString('base64') } };
}

/** A package for each who has one of the keys; for those who know the message key, without any. */
export function packByHand(
  { sender, receiver, signKey }: Correspondence,
  content: object,
  key: PlainKey,
  encryptKeys: ReadonlyMap<string, KeyObject>,
): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key.bytes, iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
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
    for (const [id, publicKey] of encryptKeys) {
      keys[id] = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, plain).toString('base64');
    }
    message['keys'] = keys;
  }
  message['signature'] = sign('sha256', data, signKey).toString('base64');
  return Buffer.from(JSON.stringify(message));
}

/** What {@link packByHand} reads of a message. */
interface WireMessage {
  readonly IV: string;
  readonly data: string;
  readonly signature: string;
  readonly keys?: Readonly<Record<string, string>>;
}

/** The content of a package. */
export function unpackByHand(
  bytes: Uint8Array,
  { receiver, verifyKey }: Correspondence,
  decrypt: KeyObject | Buffer,
): unknown {
  const message = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as WireMessage;
  const data = Buffer.from(message.data, 'base64');
  if (!verify('sha256', data, verifyKey, Buffer.from(message.signature, 'base64'))) throw new Error('not verified');
  const key = Buffer.isBuffer(decrypt) ? decrypt : decryptKey(message, receiver, decrypt);
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(message.IV, 'base64'));
  const plain = Buffer.concat([decipher.update(data), decipher.final()]);
  return JSON.parse(plain.toString());
}

/** The message key of a package, for one of its receivers. */
export function messageKeyOf(bytes: Uint8Array, receiver: string, privateKey: KeyObject): Buffer {
  return decryptKey(JSON.parse(Buffer.from(bytes).toString()) as WireMessage, receiver, privateKey);
}

function decryptKey(message: WireMessage, receiver: string, privateKey: KeyObject): Buffer {
  const encrypted = Buffer.from(message.keys?.[receiver] ?? '', 'base64');
  const padded = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
  const fields = JSON.parse(padded.subarray(padded.indexOf(0, 2) + 1).toString()) as PlainKey['fields'];
  return Buffer.from(fields.data, 'base64');
}

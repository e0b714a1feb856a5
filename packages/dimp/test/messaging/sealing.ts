/** Messages from Alice to Bob that are signed as they should be, and encrypted as a test wants. */
import { constants, createCipheriv, createPublicKey, publicEncrypt } from 'node:crypto';
import { type PrivateKey, type ReliableMessage } from '../../src/index.ts';
import { encodeBase64, encodeUtf8, textOf } from '../../src/extend.ts';
import { alice, bob, dim } from '../world.ts';

const AES_KEY = new Uint8Array(32).fill(7);
const IV = new Uint8Array(16).fill(9);

/** A message key as it goes into an RSA block. */
export function passwordText(key = AES_KEY): string {
  return JSON.stringify({ algorithm: 'AES', data: encodeBase64(key) });
}

/** How an RSA block departs from `00 02 padding 00 message`. */
export interface BlockFaults {
  readonly first?: number;
  readonly type?: number;
  readonly separator?: number;
  /** Where a zero comes too early. */
  readonly zeroAt?: number;
}

/** A block of RSAES-PKCS1-v1_5, encrypted for the holder of a private key. */
export function encryptedBlock(key: PrivateKey, message: string | Uint8Array, faults: BlockFaults = {}): Uint8Array {
  const bytes = typeof message === 'string' ? encodeUtf8(message) : message;
  const { first = 0, type = 2, separator = 0, zeroAt } = faults;
  const publicKey = createPublicKey(textOf(key.publicKey.fields, 'data'));
  const length = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  // The padding is random as in life: a pool of messages shall not differ from another by its bytes.
  const block = crypto.getRandomValues(new Uint8Array(length)).map((byte) => byte | 1);
  block.set([first, type]);
  block[length - bytes.length - 1] = separator;
  block.set(bytes, length - bytes.length);
  if (zeroAt !== undefined) block[zeroAt] = 0;
  return new Uint8Array(publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block));
}

/** A text with its PKCS#7 padding, spoiled afterwards. */
export function padded(text: string, spoil: (blocks: Uint8Array) => unknown = () => undefined): Uint8Array {
  const bytes = encodeUtf8(text);
  const count = 16 - (bytes.length % 16);
  const blocks = new Uint8Array(bytes.length + count).fill(count);
  blocks.set(bytes);
  spoil(blocks);
  return blocks;
}

/** Whole blocks as AES-CBC makes them, with the key and the IV of all messages here. */
export function encryptedBlocks(blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', AES_KEY, IV).setAutoPadding(false);
  return new Uint8Array([...cipher.update(blocks), ...cipher.final()]);
}

/** The signed message of an encrypted key and encrypted data; without a key, one that reuses the last. */
export async function sealed(key: Uint8Array | undefined, data: Uint8Array): Promise<ReliableMessage> {
  return dim.ReliableMessage.parse({
    sender: alice.id.toString(),
    receiver: bob.id.toString(),
    time: 1700000000,
    IV: encodeBase64(IV),
    data: encodeBase64(data),
    signature: encodeBase64(await alice.keys.identity.sign(data)),
    ...(key && { keys: { [bob.id.toString()]: encodeBase64(key) } }),
  });
}

/** Keys in the form in which this version of Node takes them fastest: what is a key and what is not, it finds out each time. */
import { createSecretKey, type KeyObject } from 'node:crypto';

const NODE = Number(process.versions.node.split('.')[0]);

/** Since some 24.x, Node takes longer to see that something is no key object than to encrypt a message with it. */
const WANTS_OBJECTS = NODE >= 24;

/** A secret key for a cipher. Before Node 24, making an object takes longer than it saves where the key is used once. */
export function cipherKey(bytes: Uint8Array): KeyObject | Uint8Array {
  return WANTS_OBJECTS ? createSecretKey(bytes) : bytes;
}

/** An RSA key with a padding, as node:crypto wants them. */
export interface PaddedKey {
  readonly key: KeyObject;
  readonly padding: number;
}

/**
 * An RSA key and its padding, as options. Where Node wants key objects, these options are the key object itself: it reads the
 * padding of whatever it gets, and to find the key in other options takes it as long as encrypting does. Whatever else the
 * object is used for has this padding, too.
 */
export function paddedKey(key: KeyObject, padding: number): PaddedKey {
  return WANTS_OBJECTS ? Object.assign(key, { key, padding }) : { key, padding };
}

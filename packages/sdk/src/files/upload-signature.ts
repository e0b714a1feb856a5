/**
 * How an upload shows that it comes from a client of the service: a digest over the file and a secret that all clients
 * share.
 *
 * `md5 = hex(MD5( MD5(data) ‖ secret ‖ salt ))`
 * It keeps strangers from filling the disk, no more: the files are encrypted by those who send them.
 */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { DimError } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { bytesArgument } from 'dimp/internal';

/** A secret of a service. */
export interface UploadSecret {
  readonly bytes: Uint8Array;
  /** By which a service that has several finds it. */
  readonly enigma: string;
}

/** Characters of a secret that select it. */
const ENIGMA_LENGTH = 6;

/** Bytes. */
const SALT_LENGTH = 16;

/**
 * Reads a secret as configurations have it: `hex,…`, `base64,…`, or hex alone.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function readUploadSecret(secret: string | Uint8Array): UploadSecret {
  if (typeof secret !== 'string') {
    const bytes = requireSome(bytesArgument(secret, 'secret').slice());
    return { bytes, enigma: bytesToHex(bytes).slice(0, ENIGMA_LENGTH) };
  }
  const comma = secret.indexOf(',');
  const text = secret.slice(comma + 1);
  return {
    bytes: requireSome(decode(secret.slice(0, Math.max(comma, 0)), text)),
    enigma: text.slice(0, ENIGMA_LENGTH),
  };
}

function decode(encoding: string, text: string): Uint8Array {
  try {
    if (encoding === 'base64') return decodeBase64(text);
    if (encoding === '' || encoding === 'hex') return hexToBytes(text);
  } catch {
    // What is wrong with it is not told, as it is secret.
  }
  throw new DimError('USAGE_ARGUMENT', 'must be hex, `hex,…` or `base64,…`', { path: 'secret' });
}

function requireSome(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 0) return bytes;
  throw new DimError('USAGE_ARGUMENT', 'must not be empty', { path: 'secret' });
}

/** A new salt. */
export function newSalt(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SALT_LENGTH));
}

/** The digest that goes with an upload, in hex. @param dataDigest MD5 of what is uploaded */
export function signUpload(dataDigest: Uint8Array, secret: Uint8Array, salt: Uint8Array): string {
  return bytesToHex(md5(concatBytes(dataDigest, secret, salt)));
}

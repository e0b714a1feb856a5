/**
 * Unpadding of RSAES-PKCS1-v1_5 with implicit rejection: a wrong padding gives no error, but a message that looks
 * random and is always the same for the same key and ciphertext. So whoever watches errors, results or time learns
 * nothing about the padding, and cannot use the key's owner to decrypt or to sign (Bleichenbacher's attack).
 *
 * The construction is that of draft-irtf-cfrg-rsa-guidance, which OpenSSL 3.2 and later have:
 *
 * - KDK = HMAC-SHA256(SHA256(d), ciphertext), where d is the private exponent in as many bytes as the modulus
 * - PRF(label, length) = HMAC-SHA256(KDK, i ‖ label ‖ 8·length) for i = 0, 1, … (both numbers in two bytes)
 * - the message's length: the last of 128 candidates of PRF("length", 256) that fits the modulus
 * - the message: the end of PRF("message", bytes of the modulus)
 *
 * Both messages are always computed. What to return is chosen by masks: no branch and no index depends on the padding,
 * up to the length of the result itself.
 */
import { encodeUtf8 } from 'mkm/extend';
import { hmacSha256, type Mac } from '../../digests/hmac-sha256.ts';
import { isLess, isZero, select } from '../constant-time.ts';

type Digest = (data: Uint8Array) => Uint8Array;

const MESSAGE = /* @__PURE__ */ encodeUtf8('message');
const LENGTH = /* @__PURE__ */ encodeUtf8('length');

/** Candidates for the length of a message that stands in for a wrong padding. */
const CANDIDATES = 128;

/** 00 02, then at least eight bytes that are not zero. */
const MIN_SEPARATOR = 10;

/** Removes the padding of what a key decrypted: `encoded` and `ciphertext` have the modulus's length. */
export type Unpad = (encoded: Uint8Array, ciphertext: Uint8Array) => Uint8Array;

/** The unpadding of a private key, whose secret for it is computed here, once. */
export function implicitRejection(sha256: Digest, privateExponent: Uint8Array, modulusLength: number): Unpad {
  const padded = new Uint8Array(modulusLength);
  padded.set(privateExponent, modulusLength - privateExponent.length);
  const mac = hmacSha256(sha256, sha256(padded));
  return (encoded, ciphertext) => unpad(encoded, hmacSha256(sha256, mac(ciphertext)));
}

function unpad(encoded: Uint8Array, prf: Mac): Uint8Array {
  const length = encoded.length;
  const substitute = expand(prf, MESSAGE, length);
  const substituteStart = length - chooseLength(expand(prf, LENGTH, CANDIDATES * 2), length - MIN_SEPARATOR);

  let found = 0;
  let separator = 0;
  for (let index = 2; index < length; index++) {
    const first = isZero(encoded[index] ?? 0) & ~found;
    separator = select(first, index, separator);
    found |= first;
  }
  const good = isZero(encoded[0] ?? 0) & isZero((encoded[1] ?? 0) ^ 2) & found & ~isLess(separator, MIN_SEPARATOR);

  const start = select(good, separator + 1, substituteStart);
  const message = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    message[index] = select(good, encoded[index] ?? 0, substitute[index] ?? 0);
  }
  return message.slice(start);
}

function chooseLength(candidates: Uint8Array, limit: number): number {
  // All ones up to the highest bit of the limit.
  const mask = 2 ** (32 - Math.clz32(limit)) - 1;
  let chosen = 0;
  for (let index = 0; index < candidates.length; index += 2) {
    const candidate = (((candidates[index] ?? 0) << 8) | (candidates[index + 1] ?? 0)) & mask;
    chosen = select(isLess(candidate, limit), candidate, chosen);
  }
  return chosen;
}

function expand(prf: Mac, label: Uint8Array, length: number): Uint8Array {
  const input = new Uint8Array(label.length + 4);
  input.set(label, 2);
  input.set([(length * 8) >> 8, (length * 8) & 0xff], label.length + 2);
  const output = new Uint8Array(length);
  for (let offset = 0, count = 0; offset < length; offset += 32, count++) {
    input[1] = count;
    output.set(prf(input).subarray(0, length - offset), offset);
  }
  return output;
}

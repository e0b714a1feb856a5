/** The checks that safety demands of whoever reads what strangers write, by hand: as short and as fast as they can be. */
import { hash } from 'node:crypto';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 and nothing else. */
export function strictText(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** Whether UTF-8 can write it: a lone surrogate would be lost. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/** Base64 in its one spelling. */
export function strictBase64(text: unknown): Buffer {
  if (typeof text !== 'string') throw new Error('no text');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Error('no base64');
  return bytes;
}

const MAX_VALUES = 100_000;
const MAX_DEPTH = 64;

/** JSON whose values are counted, and which nobody changes any more. */
export function frozenJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (freeze(value, 0) > MAX_VALUES) throw new Error('too many values');
  return value;
}

function freeze(value: unknown, depth: number): number {
  if (value === null || typeof value !== 'object') return 1;
  if (depth > MAX_DEPTH) throw new Error('too deep');
  let count = 1;
  for (const item of Object.values(value)) count += freeze(item, depth + 1);
  Object.freeze(value);
  return count;
}

/** A copy of a map that belongs to somebody else, likewise. */
export function frozenCopy(value: object): Readonly<Record<string, unknown>> {
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value))
    copy[name] = typeof item === 'object' && item !== null ? frozenCopy(item as object) : item;
  return Object.freeze(copy);
}

const BLOCK = 16;

/** What the padding of PKCS#7 leaves; as long for each wrong one. */
export function unpad(bytes: Buffer): Buffer {
  const count = bytes[bytes.length - 1] ?? 0;
  let wrong = count === 0 || count > BLOCK ? 1 : 0;
  for (let index = 0; index < BLOCK; index++)
    wrong |= index >= BLOCK - count ? (bytes[bytes.length - BLOCK + index] ?? 0) ^ count : 0;
  if (wrong !== 0) throw new Error('not padded');
  return bytes.subarray(0, bytes.length - count);
}

const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The address of a fingerprint in the style of Bitcoin: five digests, and base58. */
export function addressOf(fingerprint: Uint8Array): string {
  const bytes = Buffer.alloc(25);
  bytes.write(hash('ripemd160', hash('sha256', fingerprint, 'buffer'), 'binary'), 1, 'latin1');
  bytes.write(hash('sha256', hash('sha256', bytes.subarray(0, 21), 'buffer'), 'binary'), 21, 4, 'latin1');
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index++) {
      carry += (digits[index] ?? 0) << 8;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let text = '';
  for (let index = 0; bytes[index] === 0; index++) text += '1';
  for (let index = digits.length - 1; index >= 0; index--) text += DIGITS.charAt(digits[index] ?? 0);
  return text;
}

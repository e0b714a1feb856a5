/**
 * An identity as text that people copy, paste and mail:
 *
 * ```
 * -----BEGIN DIM IDENTITY-----
 * base64, in lines of 64 characters
 * -----END DIM IDENTITY-----
 * ```
 * The bytes are a text in UTF-8, and the first four of its SHA-256. These tell what was damaged on its way from a passphrase
 * that is wrong; they protect from nobody.
 *
 * Base64 between two marks, and not JSON: mail programs and messengers break lines, put other quotes in the place of those of
 * JSON, and signatures and greetings around it. Here nothing counts but the characters of base64.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { DimError } from 'dimp';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, typeName } from 'dimp/extend';
import { equalBytes } from 'dimp/internal';

const BEGIN = '-----BEGIN DIM IDENTITY-----';
const END = '-----END DIM IDENTITY-----';
const LINE = 64;
const CHECKSUM_BYTES = 4;

/** Characters; more than any that was written here. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** Puts a text between the marks. */
export function armour(text: string): string {
  const content = encodeUtf8(text);
  const bytes = new Uint8Array(content.length + CHECKSUM_BYTES);
  bytes.set(content);
  bytes.set(checksumOf(content), content.length);
  const lines = encodeBase64(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
}

/**
 * The text between the marks, whatever stands around them, and however its lines were broken.
 * @throws DimError `INPUT_TYPE`, `INPUT_LIMIT`; `INPUT_FORMAT` that says whether there is none, it is cut off, or it is damaged
 */
export function readArmour(armoured: string): string {
  if (typeof armoured !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(armoured)}`);
  if (armoured.length > MAX_LENGTH) throw new DimError('INPUT_LIMIT', `is longer than ${MAX_LENGTH} characters`);
  const bytes = decode(bodyOf(armoured));
  const content = bytes?.subarray(0, -CHECKSUM_BYTES) ?? new Uint8Array();
  if (bytes === undefined || content.length === 0 || !equalBytes(checksumOf(content), bytes.subarray(content.length)))
    throw new DimError('INPUT_FORMAT', 'is damaged: it has to be copied again, from mark to mark');
  return decodeUtf8(content);
}

function bodyOf(armoured: string): string {
  const text = withoutBlanks(armoured);
  const [begin, end] = [withoutBlanks(BEGIN), withoutBlanks(END)].map((mark) => withoutDashes(mark)) as [
    string,
    string,
  ];
  const start = text.indexOf(begin);
  if (start === -1) throw new DimError('INPUT_FORMAT', `is no identity: it has no ${BEGIN}`);
  const rest = text.slice(start + begin.length);
  const length = rest.indexOf(`-${end}`);
  if (length === -1) throw new DimError('INPUT_FORMAT', `is cut off: it has no ${END}`);
  return withoutDashes(rest.slice(0, length));
}

/** What programs put between characters, quote marks of mail among it; and one kind of dash, where they make long ones of it. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/[\s\u00ad\u200b-\u200d\u2060>]+/g, '').replaceAll(/[\u2010-\u2015\u2212]/g, '-');
}

function decode(body: string): Uint8Array | undefined {
  try {
    return decodeBase64(body);
  } catch {
    return undefined;
  }
}

function checksumOf(content: Uint8Array): Uint8Array {
  return sha256(content).subarray(0, CHECKSUM_BYTES);
}

/** A text without the dashes at both of its ends. */
function withoutDashes(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === '-') start++;
  while (end > start && text[end - 1] === '-') end--;
  return text.slice(start, end);
}

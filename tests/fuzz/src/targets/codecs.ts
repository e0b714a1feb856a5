/** Codings: base64, hex, base58 and its check, UTF-8 and JSON, each against another decoder. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parseJson, stringifyJson, type JsonValue } from 'dimp';
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  readSerialNumber,
  readTime,
  readTypeCode,
} from 'dimp/extend';
import {
  decodeBase58,
  decodeBase58Check,
  decodeHex,
  encodeBase58,
  encodeBase58Check,
  encodeHex,
} from 'dimplugins/coding';
import { expect } from '../finding.ts';
import { attempt, checkGlobals } from '../invariants.ts';
import type { Target } from '../target.ts';
import { casesOf, inputsOf } from './vectors.ts';

const texts = casesOf('coders').flatMap(({ base64, base58, hex }) => [base64, base58, hex]);
const samples = [
  '[9007199254740993,"9007199254740993","a\\"9007199254740993",-18446744073709551616,1e999]',
  '{"\\u0061":1,"\\\\":"\\\\\\"","__proto__":{"a":0.1},"a":123456789012345678}',
  '[1.0,1e3,-0,123456789012345678.5,12345678901234567890e2]',
  '1700000000.5',
  // So long that Node's base64 is held to its one spelling in another way.
  encodeBase64(Uint8Array.from({ length: 760 }, (_, index) => (index * 167) >> 3)),
];

export const target: Target = {
  name: 'codecs',
  isJson: false,
  seeds: [
    ...texts.filter((text) => typeof text === 'string').map((text) => new TextEncoder().encode(text)),
    ...samples.map((text) => new TextEncoder().encode(text)),
    ...inputsOf(casesOf('contents').map(({ wire }) => wire)),
  ],
  run(input) {
    const text = attempt(() => decodeUtf8(input));
    const lenient = Buffer.from(input).toString('utf8');
    expect(text.ok === same(Buffer.from(lenient), input), 'UTF-8 is read by other rules');
    if (text.ok) {
      expect(text.value === lenient && same(encodeUtf8(text.value), input), 'UTF-8 has two spellings');
      checkJson(text.value);
    }
    const letters = text.ok ? text.value : Buffer.from(input).toString('latin1');
    checkBase64(letters, input);
    checkHex(letters, input);
    checkBase58(letters, input);
    for (const read of [readTime, readSerialNumber]) attempt<unknown>(() => read(letters));
    attempt(() => readTypeCode(letters, new Map()));
    checkGlobals();
  },
};

function checkBase64(text: string, bytes: Uint8Array): void {
  const decoded = attempt(() => decodeBase64(text));
  const theirs = Buffer.from(text, 'base64');
  // Line breaks are no part of the value.
  const inOneLine = text.replaceAll(/[\r\n]/g, '');
  expect(decoded.ok === (theirs.toString('base64') === inOneLine), 'base64 is read by other rules', () => text);
  if (decoded.ok)
    expect(same(decoded.value, theirs) && encodeBase64(decoded.value) === inOneLine, 'base64 has two meanings');
  expect(same(decodeBase64(encodeBase64(bytes)), bytes), 'base64 changes bytes');
}

function checkHex(text: string, bytes: Uint8Array): void {
  const decoded = attempt(() => decodeHex(text));
  const theirs = Buffer.from(text, 'hex');
  expect(decoded.ok === (theirs.toString('hex') === text.toLowerCase()), 'hex is read by other rules', () => text);
  if (decoded.ok) expect(same(decoded.value, theirs), 'hex has two meanings', () => text);
  expect(
    same(decodeHex(encodeHex(bytes)), bytes) && encodeHex(bytes) === Buffer.from(bytes).toString('hex'),
    'hex changes bytes',
  );
}

const MAX_BASE58_BYTES = 1000;

function checkBase58(text: string, bytes: Uint8Array): void {
  const decoded = attempt(() => decodeBase58(text));
  if (decoded.ok) {
    expect(same(decoded.value, decodeNaively(text)), 'base58 means something else to others', () => text);
    if (decoded.value.length <= MAX_BASE58_BYTES)
      expect(encodeBase58(decoded.value) === text, 'base58 has two spellings');
    const checked = attempt(() => decodeBase58Check(text));
    expect(checked.ok === isChecked(decoded.value), 'a checksum is read by other rules');
    if (checked.ok) expect(encodeBase58Check(checked.value) === text, 'a checked text has two spellings');
  }
  if (bytes.length > 100) return;
  expect(same(decodeBase58(encodeBase58(bytes)), bytes), 'base58 changes bytes');
  expect(same(decodeBase58Check(encodeBase58Check(bytes)), bytes), 'base58 with a checksum changes bytes');
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function decodeNaively(text: string): Uint8Array {
  const zeros = text.length - text.replace(/^1+/, '').length;
  let number = 0n;
  for (const letter of text) number = number * 58n + BigInt(ALPHABET.indexOf(letter));
  const hex = number === 0n ? '' : number.toString(16);
  return new Uint8Array([...new Uint8Array(zeros), ...Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}

function isChecked(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();
  return same(sha256(sha256(bytes.subarray(0, -4))).subarray(0, 4), bytes.subarray(-4));
}

/** JSON.parse reads the same, but that it rounds. */
function checkJson(text: string): void {
  const parsed = attempt(() => parseJson(text));
  const theirs = parseRounding(text);
  if (!parsed.ok) {
    const { code, reason } = parsed.error;
    const bounded = code === 'INPUT_LIMIT' || reason.endsWith('is not a JSON number');
    return expect(theirs === undefined || bounded, 'JSON is refused that is JSON', () => `${reason} ${text}`);
  }
  expect(theirs !== undefined, 'JSON is read that is none', () => text);
  expect(
    JSON.stringify(rounded(parsed.value)) === JSON.stringify(theirs.value),
    'JSON means something else to others',
    () => text,
  );
  const written = attempt(() => stringifyJson(parsed.value));
  if (!written.ok) return expect(/\\ud[89a-f]/i.test(text), 'JSON cannot be written', () => text);
  const again = attempt(() => parseJson(written.value));
  expect(
    again.ok && stringifyJson(again.value) === written.value,
    'JSON changes when written and read again',
    () => text,
  );
}

function parseRounding(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function rounded(value: JsonValue): unknown {
  return JSON.parse(JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)));
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

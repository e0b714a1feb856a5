/** Keys: key maps, with what PEM texts hold changed inside. */
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto';
import { inspect } from 'node:util';
import { type Key, type PrivateKey, type PublicKey, type SymmetricKey } from 'dimp';
import { expect, Finding } from '../finding.ts';
import { attempt, attemptAsync, checkGlobals, checkUnchanged, type Outcome } from '../invariants.ts';
import { isMap, readTree, type JsonValue } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { again, dim } from './context.ts';
import { casesOf, inputsOf } from './vectors.ts';

const MESSAGE = new TextEncoder().encode('never signed by anyone');

const asymmetric = casesOf('asymmetric-keys');
/** Signatures of other messages, and what signs this one under a key of an exponent of 1. */
const SIGNATURES: readonly Uint8Array[] = [
  ...asymmetric
    .filter(({ name }) => name === 'rsa0' || name === 'ecc0')
    .flatMap(({ signatures }) => (Array.isArray(signatures) ? signatures.slice(0, 1) : []))
    .map(signatureOf),
  paddedDigest(128),
  Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0),
  Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1),
];

export const target: Target = {
  name: 'keys',
  isJson: true,
  seeds: inputsOf([
    ...asymmetric.flatMap((item) => [
      item['private'],
      item['public'],
      item['public_hex_form'],
      item['private_hex_form'],
    ]),
    ...casesOf('symmetric-keys').flatMap(({ key, key_with_iv }) => [key, key_with_iv]),
    { algorithm: 'PLAIN' },
  ]),
  async run(input) {
    const value = readTree(input);
    if (value === undefined) return;
    const text = JSON.stringify(value);
    await check(
      value,
      attempt(() => dim.PublicKey.parse(value)),
      again.PublicKey,
      checkPublicKey,
    );
    await check(
      value,
      attempt(() => dim.PrivateKey.parse(value)),
      again.PrivateKey,
      checkPrivateKey,
    );
    await check(
      value,
      attempt(() => dim.SymmetricKey.parse(value)),
      again.SymmetricKey,
      checkSymmetricKey,
    );
    checkUnchanged(value, text);
    checkGlobals();
  },
};

async function check<K extends Key>(
  value: JsonValue,
  outcome: Outcome<K>,
  codec: { parse(input: unknown): K },
  checkKey: (key: K, copy: K) => Promise<void>,
): Promise<void> {
  const data = isMap(value) ? value['data'] : undefined;
  if (!outcome.ok) return checkDiscreet(outcome.error.message, data);
  const key = outcome.value;
  expect(JSON.stringify(key) === JSON.stringify(value), 'a key is not written as it was read');
  checkDiscreet(inspect(key), data);
  await checkKey(key, codec.parse(JSON.parse(JSON.stringify(key))));
}

const WINDOW = 16;
const checkedMessages = new Set<string>();

/** Neither an error nor the text for a log holds a part of the key. */
function checkDiscreet(message: string, data: JsonValue | undefined): void {
  // The same message of another key says nothing of that key either.
  if (typeof data !== 'string' || checkedMessages.has(message)) return;
  if (checkedMessages.size < 10_000) checkedMessages.add(message);
  for (let at = 0; at + WINDOW <= message.length; at++) {
    const part = message.slice(at, at + WINDOW);
    // Words with blanks between them are ours.
    expect(part.includes(' ') || !data.includes(part), 'a message shows a part of the key', () => message);
  }
}

async function checkPublicKey(key: PublicKey, copy: PublicKey): Promise<void> {
  expect(same(key.data, copy.data), 'a public key read again is another');
  for (const signature of SIGNATURES) {
    const verified = await attemptAsync(() => key.verify(MESSAGE, signature));
    expect(verified.ok && !verified.value, 'a message verifies that nobody signed');
  }
  if (key.algorithm === 'RSA') checkRsaRules(key.data);
  else expect(key.data.length === 65 || key.data.length === 33, 'an ECC key has data of another length');
}

/** The numbers of a key, as another reader of DER sees them. */
function checkRsaRules(der: Uint8Array): void {
  const { n = '', e = '' } = exported(der);
  const [modulus, exponent] = [numberOf(n), numberOf(e)];
  const bytes = Math.ceil(modulus.toString(16).length / 2);
  expect(bytes >= 128 && bytes <= 1024 && modulus % 2n === 1n, 'an RSA modulus breaks the rules', () => n);
  expect(exponent >= 3n && exponent < 2n ** 32n && exponent % 2n === 1n, 'an RSA exponent breaks the rules', () => e);
}

function exported(der: Uint8Array): JsonWebKey {
  const key = Buffer.from(der);
  for (const type of ['spki', 'pkcs1'] as const) {
    const read = tried(() => createPublicKey({ key, format: 'der', type }).export({ format: 'jwk' }));
    if (read !== undefined) return read;
  }
  throw new Finding('an RSA key is read that nobody else reads');
}

async function checkPrivateKey(key: PrivateKey, copy: PrivateKey): Promise<void> {
  expect(same(key.publicKey.data, copy.publicKey.data), 'a private key read again is another');
  const signature = await attemptAsync(() => key.sign(MESSAGE));
  expect(signature.ok, 'a private key does not sign');
  const verified = await attemptAsync(() => copy.publicKey.verify(MESSAGE, signature.value));
  expect(verified.ok && verified.value, 'a signature of a private key does not verify');
}

async function checkSymmetricKey(key: SymmetricKey, copy: SymmetricKey): Promise<void> {
  const { ciphertext, extra } = await key.encrypt(MESSAGE);
  const plaintext = await attemptAsync(() => copy.decrypt(ciphertext, extra));
  expect(plaintext.ok && same(plaintext.value, MESSAGE), 'a symmetric key read again is another');
}

function signatureOf(item: JsonValue): Uint8Array {
  const signature = isMap(item) ? item['signature'] : undefined;
  return new Uint8Array(Buffer.from(typeof signature === 'string' ? signature : '', 'base64'));
}

/** PKCS#1 v1.5 padding and SHA-256 of the message: a signature where the exponent is 1. */
function paddedDigest(length: number): Uint8Array {
  const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  const digest = createHash('sha256').update(MESSAGE).digest();
  const padding = Buffer.alloc(length - prefix.length - digest.length - 3, 0xff);
  return new Uint8Array(Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), prefix, digest]));
}

function numberOf(base64url: string): bigint {
  return BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex') || '0'}`);
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

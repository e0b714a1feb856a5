/** What the tests share: vectors, a context with every algorithm, and short ways to write bytes and errors. */
import { readFileSync } from 'node:fs';
import { createIdentityContext, DimError, definePlugin, type ErrorCode, type JsonMap } from 'mkm';
import { backend } from '#backend';
import { decodeHex, encodeHex } from '../src/coding/hex.ts';
import { aesAlgorithm } from '../src/keys/ciphers/aes-cbc.ts';
import { eccAlgorithm } from '../src/keys/secp256k1/ecc.ts';
import { plainAlgorithm } from '../src/keys/ciphers/plain.ts';
import { rsaAlgorithm } from '../src/keys/rsa/rsa.ts';

const algorithms = [rsaAlgorithm(backend), eccAlgorithm(backend), aesAlgorithm(backend), plainAlgorithm()];

export const { PublicKey, PrivateKey, SymmetricKey } = createIdentityContext({
  plugins: [definePlugin('algorithms', algorithms)],
});

export const hex = decodeHex;
export const toHex = encodeHex;
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

interface AsymmetricCase {
  readonly name: string;
  readonly private: JsonMap & { readonly data: string };
  readonly public: JsonMap & { readonly data: string };
  readonly public_data_hex: string;
  readonly signatures: readonly { readonly data_hex: string; readonly signature: string }[];
  readonly encrypted?: readonly { readonly plaintext_hex: string; readonly ciphertext: string }[];
  readonly private_hex_form?: JsonMap;
  readonly public_hex_form?: JsonMap;
  readonly public_compressed_hex?: string;
}

interface SymmetricCase {
  readonly key: JsonMap & { readonly data: string };
  readonly extra: JsonMap;
  readonly key_with_iv?: JsonMap;
  readonly plaintext_hex: string;
  readonly ciphertext: string;
}

interface CoderCase {
  readonly data_hex: string;
  readonly base58: string;
  readonly hex: string;
  readonly sha256: string;
  readonly keccak256: string;
  readonly ripemd160: string;
}

const asymmetric = vectors<AsymmetricCase>('asymmetric-keys');
export const rsaVectors = asymmetric.filter(({ name }) => name.startsWith('rsa'));
export const eccVectors = asymmetric.filter(({ name }) => name.startsWith('ecc'));
export const symmetricVectors = vectors<SymmetricCase>('symmetric-keys');
export const coderVectors = vectors<CoderCase>('coders');

/** The element at an index, which must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
}

/** The value, which must be there. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

/** The DimError that an operation fails with. */
export async function failure(operation: () => unknown): Promise<DimError> {
  try {
    await operation();
  } catch (error) {
    if (error instanceof DimError) return error;
    throw error;
  }
  throw new Error('did not fail');
}

/** The code and path of the error that an operation fails with. */
export async function failureCode(operation: () => unknown): Promise<ErrorCode | `${ErrorCode} ${string}`> {
  const { code, path } = await failure(operation);
  return path === '' ? code : `${code} ${path}`;
}

/** Reads JSON; the caller knows its shape. */
export function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** A text field of a map. */
export function textIn(map: JsonMap | undefined, name: string): string {
  const text = map?.[name];
  if (typeof text !== 'string') throw new Error(`no text in ${name}`);
  return text;
}

/** The cases of a file of vectors; the caller knows their shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function vectors<T>(name: string): readonly T[] {
  const { cases } = readJson(new URL(`../../../vectors/${name}.json`, import.meta.url)) as { cases: readonly T[] };
  if (cases.length === 0) throw new Error(`no cases in ${name}`);
  return cases;
}

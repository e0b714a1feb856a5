/** Reads a key in whatever form it is given. */
import { DimError, isDimError, parseJson, type JsonMap } from 'dimp';
import { decodeUtf8, isJsonMap } from 'dimp/extend';
import { looksLikePem } from 'dimplugins/internal';
import type { Call } from '../command/call.ts';
import { inFile } from '../input/in-file.ts';
import { readInput } from '../input/read-input.ts';
import { checkedHints, type CheckedHints, type KeyHints, type ReadKey } from './key-source.ts';
import { isPair, keyOfMap } from './known-key.ts';
import { protocolMap } from './protocol-map.ts';
import { readDerKey, readPemKey } from './read-der.ts';
import { readJwk } from './read-jwk.ts';
import { readDigits, readRaw } from './read-raw.ts';

/** Reads a key from a file. @throws DimError `USAGE_ARGUMENT`, `INPUT_…`, `UNSUPPORTED_ALGORITHM` */
export async function readKeyFile(call: Call, file: string, hints: KeyHints): Promise<ReadKey> {
  const bytes = await readInput(call.context, file);
  return inFile(file, () => readKey(bytes, hints));
}

/**
 * Reads a key. What was no map of the protocol gets one.
 * @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM`; `USAGE_ARGUMENT` where a hint is needed
 */
export function readKey(bytes: Uint8Array, hints: KeyHints): ReadKey {
  const read = readAny(bytes, checkedHints(hints));
  const { known, form } = read;
  if (form === 'map' || known.part === 'secret') return read;
  // Also checks that both halves are of one pair, and the key fit for use.
  return { known: keyOfMap(protocolMap(known), known.part), form };
}

function readAny(bytes: Uint8Array, hints: CheckedHints): ReadKey {
  const text = textIn(bytes);
  if (text === undefined) return readDerKey(bytes);
  if (text === '') throw new DimError('INPUT_FORMAT', 'is empty: it must hold a key');
  if (text.startsWith('{')) return readMap(mapIn(text), hints);
  if (looksLikePem(text)) return readPemKey(text);
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (isHex(digits)) return readDigits(digits, hints);
  return readRaw(text, hints);
}

/** Undefined for what is no text: DER. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = decodeUtf8(bytes).trim();
    return isPrintable(text) ? text : undefined;
  } catch (error) {
    if (isDimError(error)) return undefined;
    throw error;
  }
}

/** DER of a few bytes may pass for UTF-8. */
function isPrintable(text: string): boolean {
  return !/(?![\t\n\r])\p{Cc}/u.test(text);
}

function mapIn(text: string): JsonMap {
  const value = parseJson(text);
  if (isJsonMap(value)) return value;
  throw new DimError('INPUT_TYPE', 'must be a map');
}

function readMap(fields: JsonMap, { part }: CheckedHints): ReadKey {
  if (fields['kty'] !== undefined) return readJwk(fields);
  if (typeof fields['algorithm'] !== 'string')
    throw new DimError(
      'INPUT_FORMAT',
      'is JSON, but no key: it has neither algorithm, as keys of the protocol, nor kty, as those of JSON Web Key',
    );
  return { known: keyOfMap(fields, part ?? partOfMap(fields)), form: 'map' };
}

/** As long as private keys of secp256k1 in hex. */
const SCALAR_DIGITS = 64;

/** Where the data does not say which half it is, it is taken for the one that nobody may see. */
function partOfMap({ algorithm, data }: JsonMap): 'private' | 'public' {
  if (typeof data !== 'string' || typeof algorithm !== 'string' || !isPair(algorithm)) return 'private';
  if (looksLikePem(data)) return data.includes('PRIVATE KEY-----') ? 'private' : 'public';
  return algorithm === 'ECC' && data.length !== SCALAR_DIGITS ? 'public' : 'private';
}

function isHex(text: string): boolean {
  return /^[\da-f]{1,200}$/i.test(text);
}

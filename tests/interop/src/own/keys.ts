/** Single keys: made, read, used. */
import { decryptFile, encryptFile, stringifyJson, type JsonMap } from 'dimp';
import { decodeBase64, encodeBase64, parseJsonMap } from 'dimp/extend';
import { Refusal } from '../side.ts';
import { text } from '../values.ts';
import { dim } from './dim.ts';

const SYMMETRIC: ReadonlySet<string> = new Set(['AES', 'PLAIN']);

const bytesOf = (parameters: JsonMap, name: string): Uint8Array => decodeBase64(text(parameters, name));
const mapOf = (parameters: JsonMap, name: string): JsonMap => parseJsonMap(text(parameters, name));

export async function newKey(parameters: JsonMap): Promise<JsonMap> {
  const algorithm = text(parameters, 'algorithm');
  if (SYMMETRIC.has(algorithm)) {
    return { key: stringifyJson((await dim.SymmetricKey.generate(algorithm)).fields) };
  }
  const key = await dim.PrivateKey.generate(algorithm);
  return { key: stringifyJson(key.fields), publicKey: stringifyJson(key.publicKey.fields) };
}

export async function sign(parameters: JsonMap): Promise<JsonMap> {
  const key = dim.PrivateKey.parse(mapOf(parameters, 'key'));
  return { signature: encodeBase64(await key.sign(bytesOf(parameters, 'data'))) };
}

export async function verify(parameters: JsonMap): Promise<JsonMap> {
  const key = dim.PublicKey.parse(mapOf(parameters, 'publicKey'));
  if (await key.verify(bytesOf(parameters, 'data'), bytesOf(parameters, 'signature'))) return {};
  throw new Refusal('the signature does not verify');
}

export async function encrypt(parameters: JsonMap): Promise<JsonMap> {
  const plaintext = bytesOf(parameters, 'data');
  if (parameters['publicKey'] !== undefined) {
    const data = await dim.EncryptKey.parse(mapOf(parameters, 'publicKey')).encrypt(plaintext);
    return { data: encodeBase64(data), extra: '{}' };
  }
  const { ciphertext, extra } = await dim.SymmetricKey.parse(mapOf(parameters, 'key')).encrypt(plaintext);
  return { data: encodeBase64(ciphertext), extra: stringifyJson(extra) };
}

export async function decrypt(parameters: JsonMap): Promise<JsonMap> {
  const key = mapOf(parameters, 'key');
  const ciphertext = bytesOf(parameters, 'data');
  const data = SYMMETRIC.has(text(key, 'algorithm'))
    ? await dim.SymmetricKey.parse(key).decrypt(ciphertext, mapOf(parameters, 'extra'))
    : await dim.DecryptKey.parse(key).decrypt(ciphertext);
  return { data: encodeBase64(data) };
}

export async function encryptFileData(parameters: JsonMap): Promise<JsonMap> {
  const { data, key } = await encryptFile(bytesOf(parameters, 'data'), await dim.SymmetricKey.generate('AES'));
  return { data: encodeBase64(data), key: stringifyJson(key) };
}

export async function decryptFileData(parameters: JsonMap): Promise<JsonMap> {
  const key = dim.SymmetricKey.parse(mapOf(parameters, 'key'));
  return { data: encodeBase64(await decryptFile(bytesOf(parameters, 'data'), key)) };
}

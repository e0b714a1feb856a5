/**
 * Decrypts downloaded files with the key from the content.
 *
 * AES-CBC notices a file that was cut off, but not each change of one: an application that must know takes the
 * digest of the file from somewhere it trusts.
 */
import { DimError, type SymmetricKey } from 'dkd';
import { bytesArgument, callPlugin, callPluginAsync } from 'dkd/internal';
import { cipherStream, withAbortError, type ByteTransform } from './cipher-stream.ts';
import { extraOfFile, requireKey, requireStreamKey } from './file-key.ts';

/**
 * Decrypts a file.
 *
 * @example
 * ```ts
 * import { createDim, decryptFile, encryptFile } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * const { data, key } = await encryptFile(new Uint8Array([1, 2, 3]), await dim.SymmetricKey.generate('AES'));
 * await decryptFile(data, dim.SymmetricKey.parse(key)); // Uint8Array [1, 2, 3]
 * ```
 * @param key `dim.SymmetricKey.parse(content.key)`
 * @throws DimError `CRYPTO_DECRYPT`, `USAGE_ARGUMENT`
 */
export async function decryptFile(bytes: Uint8Array, key: SymmetricKey): Promise<Uint8Array> {
  const given = bytesArgument(bytes, 'bytes');
  return callPluginAsync('key', () => requireKey(key).decrypt(given, extraOfFile(key)));
}

/**
 * {@link decryptFile} for a file that is too large to be held: streams for one file, however it is cut into chunks.
 *
 * Plaintext comes out before the end of the file was seen. When the output ends in an error, throw away what came
 * before it: a file that does not decrypt, or whose input breaks off, ends in a `DimError` `CRYPTO_DECRYPT`.
 *
 * @example
 * ```ts
 * import { createDim, decryptFileStream, encryptFile } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * const { data, key } = await encryptFile(new Uint8Array([1, 2, 3]), await dim.SymmetricKey.generate('AES'));
 * const download = new Response(new Blob([data.slice()])).body;
 * const file = download?.pipeThrough(decryptFileStream(dim.SymmetricKey.parse(key)));
 * await new Response(file).arrayBuffer(); // the file
 * ```
 * @param key `dim.SymmetricKey.parse(content.key)`
 * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_ALGORITHM` for a key that does not work in pieces
 */
export function decryptFileStream(key: SymmetricKey): ByteTransform {
  const cipher = callPlugin('key', () => requireStreamKey(key).startDecryption(extraOfFile(key)));
  return withAbortError(
    cipherStream(cipher),
    (cause) => new DimError('CRYPTO_DECRYPT', 'the file broke off before its end', { cause }),
  );
}

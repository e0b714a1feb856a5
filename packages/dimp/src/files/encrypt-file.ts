/** Encrypts files to upload: the ciphertext goes to a server that all may read, the key into the content. */
import { type JsonMap, type SymmetricKey } from 'dkd';
import { bytesArgument, callPlugin, callPluginAsync } from 'dkd/internal';
import { cipherStream, type ByteTransform } from './cipher-stream.ts';
import { keyMapOfFile, requireKey, requireStreamKey } from './file-key.ts';

/** An encrypted file. */
export interface EncryptedFile {
  /** What to upload. */
  readonly data: Uint8Array;
  /** The key map to put into the content, with the IV of this file. It is the secret. */
  readonly key: JsonMap;
}

/** Streams that encrypt one file: give them to `pipeThrough`. */
export interface FileEncryption extends ByteTransform {
  /** The key map to put into the content, with the IV of this file; there from the start. It is the secret. */
  readonly key: JsonMap;
}

/**
 * Encrypts a file, with a fresh IV each time.
 *
 * @example
 * ```ts
 * import { createDim, encryptFile, ImageContent } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * const encrypted = await encryptFile(new Uint8Array([1, 2, 3]), await dim.SymmetricKey.generate('AES'));
 * // upload encrypted.data, then:
 * ImageContent.create({ url: 'https://cdn.example.com/1', filename: 'i.png', key: encrypted.key });
 * ```
 * @param key from `SymmetricKey.generate`; a new one for each file is best
 * @throws DimError `USAGE_ARGUMENT`
 */
export async function encryptFile(bytes: Uint8Array, key: SymmetricKey): Promise<EncryptedFile> {
  const given = bytesArgument(bytes, 'bytes');
  const { ciphertext, extra } = await callPluginAsync('key', () => requireKey(key).encrypt(given));
  return { data: ciphertext, key: keyMapOfFile(key, extra) };
}

/**
 * {@link encryptFile} for a file that is too large to be held: streams for one file, with a fresh IV. What comes out is
 * what `encryptFile` would give, however the input is cut into chunks.
 *
 * @example
 * ```ts
 * import { createDim, encryptFileStream } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * const encryption = encryptFileStream(await dim.SymmetricKey.generate('AES'));
 * const body = new Blob(['a large file']).stream().pipeThrough(encryption);
 * await new Response(body).arrayBuffer(); // upload it, then send encryption.key
 * ```
 * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_ALGORITHM` for a key that does not work in pieces
 */
export function encryptFileStream(key: SymmetricKey): FileEncryption {
  const { cipher, extra } = callPlugin('key', () => requireStreamKey(key).startEncryption());
  const { readable, writable } = cipherStream(cipher);
  return { readable, writable, key: keyMapOfFile(key, extra) };
}

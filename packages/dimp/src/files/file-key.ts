/**
 * The key map of a file: it goes into the content, beside the URL of what was encrypted with it.
 *
 * `{ "algorithm": "AES", "data": base64, "iv": base64 }`
 * A message has its IV beside the ciphertext, as `IV`; a file has it in its key, as `iv`.
 */
import { canStream, DimError, type JsonMap, type StreamKey, type SymmetricKey } from 'dkd';
import { changeFields, fieldOf } from 'dkd/extend';

/** The key map for a file, of the key and of what its encryption wrote. */
export function keyMapOfFile(key: SymmetricKey, extra: JsonMap): JsonMap {
  const iv = fieldOf(extra, 'IV') ?? fieldOf(extra, 'iv');
  // An IV that the key brought along is that of another file.
  return changeFields(key.fields, { ...extra, IV: undefined, iv });
}

/** What decryption needs beside the key: all of the key map, as an algorithm may have written more than an IV. */
export function extraOfFile(key: SymmetricKey): JsonMap {
  const iv = fieldOf(key.fields, 'iv') ?? fieldOf(key.fields, 'IV');
  return changeFields(key.fields, { IV: undefined, iv });
}

/**
 * The argument, when it is a key object.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireKey(key: SymmetricKey): SymmetricKey {
  // A key map is what callers have at hand, and the mistake to make.
  const given: Partial<SymmetricKey> | undefined = key;
  if (typeof given?.encrypt === 'function' && typeof given.decrypt === 'function') return key;
  throw new DimError('USAGE_ARGUMENT', 'must be a SymmetricKey; read a key map with SymmetricKey.parse', {
    path: 'key',
  });
}

/**
 * {@link requireKey} for a key that works in pieces.
 * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_ALGORITHM`
 */
export function requireStreamKey(key: SymmetricKey): StreamKey & SymmetricKey {
  const given = requireKey(key);
  if (canStream(given)) return given;
  throw new DimError('UNSUPPORTED_ALGORITHM', 'keys of this algorithm do not work in pieces', { path: 'key' });
}

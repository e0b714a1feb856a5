/** The bytes of keys, IVs and nonces, in any of the forms of transportable data: nearly always bare base64. */
import { DimError, TransportableData, type JsonValue } from 'mkm';
import { fieldOf, isJsonMap } from 'mkm/extend';

/** More than any form of 64 bytes has. Longer texts are not looked into: they may be as long as a message. */
const MAX_LENGTH = 1024;

/**
 * Reads a few bytes: base64, `base64,…`, a data URI, or a map with `algorithm` and `data`.
 * @throws DimError `INPUT_TYPE`, `INPUT_MISSING`, `INPUT_FORMAT`
 */
export function readEncodedBytes(value: JsonValue): Uint8Array {
  const text = isJsonMap(value) ? fieldOf(value, 'data') : value;
  if (typeof text === 'string' && text.length > MAX_LENGTH)
    throw new DimError('INPUT_FORMAT', `must be base64 of at most ${MAX_LENGTH} characters`);
  return TransportableData.parse(value).bytes;
}

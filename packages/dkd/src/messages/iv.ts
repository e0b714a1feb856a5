/**
 * The initialization vector of a message: `IV`, or the older `iv`, in any form of transportable data.
 *
 * It stands beside the data, and nobody signs it but by an envelope proof.
 */
import { DimError, TransportableData, type JsonMap } from 'mkm';
import { isJsonMap, optionalFieldOf, optionalOf, textOf, typeName } from 'mkm/extend';
import { decodeBinary } from 'mkm/internal';

/** Of 16 bytes, as nearly all are. */
const USUAL_IV = /^[A-Za-z0-9+/]{22}==$/;
/** Characters: more than any cipher's, in any of the forms. */
const MAX_IV_LENGTH = 1024;

/** The one that counts: `IV`, or the older `iv`. */
export function checkIv(fields: JsonMap): void {
  const iv = optionalFieldOf(fields, 'IV') ?? optionalFieldOf(fields, 'iv');
  if (typeof iv !== 'string' || !USUAL_IV.test(iv)) ivOf(fields);
}

/**
 * The IV of a message as bytes, in any form of transportable data; undefined where it has none.
 * @throws DimError `INPUT_…`
 */
export function ivOf(fields: JsonMap): Uint8Array | undefined {
  const name = optionalFieldOf(fields, 'IV') === undefined ? 'iv' : 'IV';
  return optionalOf(fields, name, (iv) => {
    const text = isJsonMap(iv) ? textOf(iv, 'data') : iv;
    if (typeof text !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(iv)}`);
    if (text.length > MAX_IV_LENGTH) throw new DimError('INPUT_LIMIT', `is longer than ${MAX_IV_LENGTH} characters`);
    return isJsonMap(iv) ? TransportableData.parse(iv).bytes : decodeBinary(text);
  });
}

/** UTF-8, where invalid input is an error and never a replacement character. */
import { DimError } from '../errors/dim-error.ts';
import { isWellFormed } from './json-map.ts';

const encoder = new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text as UTF-8.
 * @throws DimError `INPUT_FORMAT` for a lone surrogate, which has no UTF-8 form
 */
export function encodeUtf8(text: string): Uint8Array {
  if (!isWellFormed(text)) throw new DimError('INPUT_FORMAT', 'text has a lone surrogate, which UTF-8 cannot write');
  return encoder.encode(text);
}

/**
 * UTF-8 as text. A byte order mark stays in the text.
 * @throws DimError `INPUT_FORMAT`
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new DimError('INPUT_FORMAT', 'must be UTF-8', { cause: error });
  }
}

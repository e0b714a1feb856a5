/**
 * Binary in a field of the wire that is checked when it is read, and decoded when somebody asks for the bytes: most of a
 * message waits, or is passed on, without anyone looking into it.
 */
import * as platform from '#bytes';
import { DimError } from '../errors/dim-error.ts';
import { isBase64 } from './base64.ts';
import { decodeBinary } from './binary-text.ts';

/**
 * Checks what {@link decodeBinary} decodes, and that it is not empty.
 * @throws DimError `INPUT_FORMAT`
 */
export function checkBinary(text: string): void {
  // In its one spelling it is nearly always, and no text but the empty one is no bytes.
  const isUsual = text !== '' && isBase64(text);
  if (!isUsual && decodeBinary(text).length === 0) throw new DimError('INPUT_FORMAT', 'must not be empty');
}

/** The bytes of what {@link checkBinary} has passed. */
export function decodeChecked(text: string): Uint8Array {
  return platform.decodeKnownBase64(text) ?? decodeBinary(text);
}

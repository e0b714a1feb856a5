/**
 * Base64 (RFC 4648 section 4), strict: padding required, no spare bits, one spelling for each value.
 *
 * Line breaks (RFC 2045) are no part of the value: some platforms write one after each 76 characters, and one at the end.
 */
import * as platform from '#base64';
import { DimError } from '../errors/dim-error.ts';
import { bytesArgument } from './bytes-argument.ts';

/**
 * Bytes as base64 with padding, without line breaks.
 * @throws DimError `USAGE_ARGUMENT` for what is not bytes
 */
export function encodeBase64(bytes: Uint8Array): string {
  return platform.encodeBase64(bytesArgument(bytes));
}

/**
 * Base64 as bytes. Carriage returns and line feeds are dropped; of the rest, there is one spelling for each value.
 * @throws DimError `INPUT_FORMAT` for any other text
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = decodeInOneLine(text) ?? decodeLines(text);
  if (bytes === undefined) throw new DimError('INPUT_FORMAT', 'must be base64');
  return bytes;
}

/** Whether a text is base64 in its one spelling, line breaks not among it. Nothing is decoded that nobody asks for. */
export function isBase64(text: unknown): text is string {
  return typeof text === 'string' && platform.isBase64(text);
}

/** The bytes of what {@link isBase64} accepts; undefined for anything else. */
export function decodeInOneLine(text: unknown): Uint8Array | undefined {
  return typeof text === 'string' ? platform.decodeBase64(text) : undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('latin1');
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function decodeLines(text: unknown): Uint8Array | undefined {
  return typeof text === 'string' && /[\r\n]/.test(text) ? platform.decodeBase64(withoutLineBreaks(text)) : undefined;
}

/** As bytes: to cut and join a text of 32 MiB at each other character takes many times as long. */
function withoutLineBreaks(text: string): string {
  const bytes = encoder.encode(text);
  let length = 0;
  for (const byte of bytes) {
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) bytes[length++] = byte;
  }
  return decoder.decode(bytes.subarray(0, length));
}

/**
 * Tables of keys: what is refused stands beside its accepted neighbor. Keys are built number by number, with DER that
 * the library under test has no part in.
 */
import { expect, test } from '@jest/globals';
import { DimError } from 'mkm';
import { encodePem } from '../../src/coding/pem.ts';
import { hex } from '../fixtures.ts';

/** A row: what it is, the key's data, and the error's whole message, or `ok`. */
export type Row = readonly [what: string, data: string, outcome: string];

export const MALFORMED = 'INPUT_FORMAT at data: must be DER of a key';
export const VERSION = 'UNSUPPORTED_ALGORITHM at data: is of an unknown version';
export const STRANGER = 'INPUT_KEY at data: holds a private key and a public key that is not its own';

/** A test for each row. */
export function check(rows: readonly Row[], read: (data: string) => unknown): void {
  test('there is a neighbor that is read', () => {
    expect(rows.map(([, , outcome]) => outcome)).toContain('ok');
  });

  test.each(rows)('%s', (_what, data, outcome) => {
    expect(outcomeOf(() => read(data))).toBe(outcome);
  });
}

function outcomeOf(read: () => unknown): string {
  try {
    read();
    return 'ok';
  } catch (error) {
    if (error instanceof DimError) return error.message;
    throw error;
  }
}

export const RSA_OID: Uint8Array = hex('06092a864886f70d010101');
export const EC_OID: Uint8Array = hex('06072a8648ce3d0201');
export const NULL: Uint8Array = hex('0500');

/** An element with a length in any form and contents of any kind. */
export function tlv(
  tag: number,
  content: Uint8Array,
  length: readonly number[] = shortest(content.length),
): Uint8Array {
  return Uint8Array.of(tag, ...length, ...content);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, joined(parts));
}

export function bitString(bytes: Uint8Array): Uint8Array {
  return tlv(3, Uint8Array.of(0, ...bytes));
}

export function integer(number: bigint): Uint8Array {
  const digits = number.toString(16);
  const bytes = hex(digits.length % 2 === 0 ? digits : `0${digits}`);
  return tlv(2, (bytes[0] ?? 0) > 0x7f ? Uint8Array.of(0, ...bytes) : bytes);
}

export function publicPem(der: Uint8Array): string {
  return encodePem('PUBLIC KEY', der);
}

function shortest(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

/**
 * How a receiver of notifications knows that they are the station's: a digest with a secret that the two share, over the time
 * and the body.
 *
 * `DIM-Signature: t=<seconds since 1970>,v1=<hex of HMAC-SHA256(secret, "<t>.<body>")>`
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { DimError } from 'dimp';
import { typeName } from 'dimp/extend';

/** The header, in small letters as Node has it. */
export const SIGNATURE_HEADER = 'dim-signature';

/** Bytes of a secret that nobody guesses. */
export const MIN_SECRET_BYTES = 16;

/** How old a request may be, in seconds: somebody who has seen it may send it again. */
const MAX_AGE = 256;

/** The bytes of a secret. @throws DimError `USAGE_ARGUMENT` for one that is too short */
export function readSecret(secret: string | Uint8Array): Uint8Array {
  if (typeof secret !== 'string' && !(secret instanceof Uint8Array))
    throw new DimError('USAGE_ARGUMENT', `must be text or bytes, not ${typeName(secret)}`, { path: 'secret' });
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret.slice();
  if (bytes.length < MIN_SECRET_BYTES)
    throw new DimError('USAGE_ARGUMENT', `must have ${MIN_SECRET_BYTES} bytes or more`, { path: 'secret' });
  return bytes;
}

/** The value of the header for a body. @param time in seconds since 1970 */
export function signPush(secret: Uint8Array, time: number, body: string | Uint8Array): string {
  const seconds = Math.floor(time);
  return `t=${seconds},v1=${digestOf(secret, seconds, body).toString('hex')}`;
}

/** What a receiver has of a request. */
export interface SignedPush {
  /** The value of the header `DIM-Signature`. */
  readonly signature: string | undefined;
  /** The body as it came. */
  readonly body: string | Uint8Array;
  readonly secret: string | Uint8Array;
  /** The time now, in seconds since 1970; that of this machine, if not given. */
  readonly now?: number | undefined;
}

/**
 * Whether a request is of a station that knows the secret, and was made in the last minutes.
 *
 * @throws DimError `USAGE_ARGUMENT` for a secret that is none
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import { SIGNATURE_HEADER, verifyPush } from 'dimstation';
 *
 * function isGenuine(request: IncomingMessage, body: Uint8Array, secret: string): boolean {
 *   const signature = request.headers[SIGNATURE_HEADER];
 *   return verifyPush({ signature: String(signature), body, secret });
 * }
 * ```
 */
export function verifyPush({ signature, body, secret, now = Date.now() / 1000 }: SignedPush): boolean {
  const key = readSecret(secret);
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  if (seconds === undefined || hex === undefined || Math.abs(now - Number(seconds)) > MAX_AGE) return false;
  return timingSafeEqual(digestOf(key, Number(seconds), body), Buffer.from(hex, 'hex'));
}

function digestOf(secret: Uint8Array, seconds: number, body: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}

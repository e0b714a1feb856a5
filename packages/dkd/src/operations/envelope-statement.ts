/**
 * What an envelope proof signs: one sequence of bytes for the same envelope, in every language.
 *
 * `"DIM envelope proof 1" 00 SHA-256( sender receiver group time type IV keys data )`
 * Each field is its length in 4 bytes, big-endian, and then its bytes; what is absent has length 0. IDs and the type are
 * text in UTF-8, the time is an IEEE 754 double, big-endian; IV and data are decoded; keys is the SHA-256 of each
 * decoded key, the digests in ascending order. With this start and 53 bytes it is neither JSON text nor whole AES
 * blocks, so that no signature of a message or a document passes for one of an envelope, and none the other way.
 */
import { type ID } from 'mkm';
import { decodeBase64, encodeUtf8 } from 'mkm/extend';
import type { HashContext } from '../context/hash-context.ts';
import { DIGEST_BYTES } from '../messages/envelope-proof.ts';
import { ivOf } from '../messages/iv.ts';
import { dataBytesOf, type SecureMessage } from '../messages/secure-message.ts';

const PREFIX = /* @__PURE__ */ encodeUtf8('DIM envelope proof 1\0');

/** To whom a message was written, and for whom its key was encrypted: what changes when it is split. */
export interface Addressing {
  readonly receiver: ID;
  readonly group: ID | undefined;
  readonly keyDigests: Uint8Array;
}

/** The bytes to sign. */
export function envelopeStatement(context: HashContext, message: SecureMessage, to: Addressing): Uint8Array {
  const digest = context.sha256(
    concat([
      lengthAndBytes(encodeUtf8(message.sender.toString())),
      lengthAndBytes(encodeUtf8(to.receiver.toString())),
      lengthAndBytes(encodeUtf8(to.group?.toString() ?? '')),
      lengthAndBytes(message.time === undefined ? new Uint8Array() : doubleOf(message.time)),
      lengthAndBytes(encodeUtf8(message.type ?? '')),
      // As decryption takes it: `IV`, or the older `iv`.
      lengthAndBytes(ivOf(message.fields) ?? new Uint8Array()),
      lengthAndBytes(to.keyDigests),
      lengthAndBytes(dataBytesOf(message)),
    ]),
  );
  return concat([PREFIX, digest]);
}

/** The digests of the encrypted keys of a message, in ascending order, one after the other. */
export function keyDigestsOf(context: HashContext, message: SecureMessage): Uint8Array {
  const texts = [...message.keys.values(), ...(message.key === undefined ? [] : [message.key])];
  return concat(texts.map((text) => context.sha256(decodeBase64(text))).sort(compareBytes));
}

/** Whether each of `digests` is among `all`. */
export function areDigestsAmong(digests: Uint8Array, all: Uint8Array): boolean {
  const known = new Set(split(all));
  return split(digests).every((digest) => known.has(digest));
}

function split(digests: Uint8Array): readonly string[] {
  const count = digests.length / DIGEST_BYTES;
  return Array.from({ length: count }, (_, index) =>
    digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES).join(),
  );
}

function doubleOf(seconds: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, seconds);
  return bytes;
}

function lengthAndBytes(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concat([length, bytes]);
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const index = one.findIndex((byte, at) => byte !== other[at]);
  // Equal ones differ at no index.
  return (one[index] ?? 0) - (other[index] ?? 0);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

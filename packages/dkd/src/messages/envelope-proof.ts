/**
 * Envelope proof: the sender's signature of what the message's own signature leaves out.
 *
 * `"envelope_proof": { "signature": base64, "receiver"?: group ID, "keys"?: base64 }`
 * A message to a group may be split on its way, one part for each member. So its proof brings along the group and the
 * digests of all encrypted keys; see docs/envelope-proof.md.
 */
import { DimError } from 'mkm';
import { bytesOf, encodeBase64, optionalMapOf, optionalOf, textOf, within } from 'mkm/extend';
import { type ID, type JsonMap, type JsonValue, type Limits } from 'mkm';
import { decodeBinary } from 'mkm/internal';

/** The field of a message that carries the proof. Readers who do not know it ignore it. */
export const ENVELOPE_PROOF = 'envelope_proof';

/** Bytes of one digest in {@link EnvelopeProof.keyDigests}. */
export const DIGEST_BYTES = 32;

/** Characters of one: as many as base64 has, with room for line breaks and a header. */
const DIGEST_LENGTH = 48;

/** A proof as received: it counts for nothing before `verifyEnvelopeProof`. */
export type EnvelopeProof = { readonly signature: Uint8Array } & (
  | {
      /** The group that the message was written to; undefined when it was written to anybody else. */
      readonly group: ID;
      /** The digests of all encrypted keys of a message to a group, in order, one after the other. */
      readonly keyDigests: Uint8Array;
    }
  | { readonly group: undefined; readonly keyDigests: undefined }
);

/** The map of a proof. */
export function writeEnvelopeProof(proof: EnvelopeProof): JsonMap {
  const { signature, group, keyDigests } = proof;
  const fields: { [name: string]: JsonValue } = { signature: encodeBase64(signature) };
  if (group !== undefined) {
    fields['receiver'] = group.toString();
    fields['keys'] = encodeBase64(keyDigests);
  }
  return Object.freeze(fields);
}

/** Reads the proof of a message map, if it has one. */
export function readEnvelopeProof(
  fields: JsonMap,
  readId: (input: unknown) => ID,
  limits: Limits,
): EnvelopeProof | undefined {
  const map = optionalMapOf(fields, ENVELOPE_PROOF);
  if (map === undefined) return undefined;
  return within(ENVELOPE_PROOF, () => {
    const signature = bytesOf(map, 'signature', limits.signatureLength);
    const group = optionalOf(map, 'receiver', readId);
    if (group === undefined) return { signature, group, keyDigests: undefined };
    if (!group.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a group', { path: 'receiver' });
    // A message with a reused key has no keys, which is an empty text.
    const digestText = textOf(map, 'keys');
    if (digestText.length > limits.messageKeys * DIGEST_LENGTH)
      throw new DimError('INPUT_LIMIT', `are more than ${limits.messageKeys} (limits.messageKeys)`, { path: 'keys' });
    const keyDigests = within('keys', () => decodeBinary(digestText));
    if (keyDigests.length % DIGEST_BYTES !== 0)
      throw new DimError('INPUT_FORMAT', `must be digests of ${DIGEST_BYTES} bytes`, { path: 'keys' });
    return { signature, group, keyDigests };
  });
}

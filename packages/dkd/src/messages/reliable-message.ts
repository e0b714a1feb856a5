/**
 * Reliable message: encrypted and signed, as it travels.
 *
 * `{ sender, receiver, time, group?, type?, IV?, data, keys?, "signature": base64, "meta"?, "visa"?, "envelope_proof"? }`
 * A sender may attach its meta and visa for first contact; they count for nothing before they are verified.
 */
import { type ID, type JsonMap, type Limits } from 'mkm';
import { bytesOf, optionalMapOf } from 'mkm/extend';
import { encodePackage, type PackageOptions } from '../packing/message-package.ts';
import { MADE_HERE } from './made-here.ts';
import { readEnvelopeProof, type EnvelopeProof } from './envelope-proof.ts';
import { readSecureInit, SecureMessage, type SecureInit } from './secure-message.ts';

/** A message as received: nothing in it is authenticated before {@link verifyMessage}. */
export class ReliableMessage extends SecureMessage {
  /** The sender's signature of the data bytes. */
  readonly signature: Uint8Array;
  /** The sender's meta map, attached for first contact; read it with a context's `Meta.parse`. */
  readonly attachedMeta: JsonMap | undefined;
  /** The sender's visa map, attached for first contact; read it with a context's `Document.parse`. */
  readonly attachedVisa: JsonMap | undefined;
  /** The sender's signature of the envelope, where the sender writes one. */
  readonly envelopeProof: EnvelopeProof | undefined;

  constructor(
    made: typeof MADE_HERE,
    fields: JsonMap,
    parts: SecureInit,
    signed: { readonly signature: Uint8Array; readonly envelopeProof?: EnvelopeProof | undefined },
  ) {
    super(made, fields, parts);
    this.signature = signed.signature;
    this.envelopeProof = signed.envelopeProof;
    this.attachedMeta = optionalMapOf(fields, 'meta');
    this.attachedVisa = optionalMapOf(fields, 'visa');
  }

  /** What it is to another copy of this package. */
  protected override get '@dim'(): string {
    return 'dkd.SecureMessage.ReliableMessage';
  }

  /** The package for the network: JSON in UTF-8, with long or short names. */
  encode(options: PackageOptions = {}): Uint8Array {
    return encodePackage(this.fields, options);
  }
}

/** Reads a reliable message from a map that was copied already and has long names. */
export function readReliableMessage(fields: JsonMap, readId: (input: unknown) => ID, limits: Limits): ReliableMessage {
  const signature = bytesOf(fields, 'signature', limits.signatureLength);
  const envelopeProof = readEnvelopeProof(fields, readId, limits);
  return new ReliableMessage(MADE_HERE, fields, readSecureInit(fields, readId, limits), { signature, envelopeProof });
}

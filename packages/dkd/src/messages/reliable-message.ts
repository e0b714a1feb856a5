/**
 * Reliable message: encrypted and signed, as it travels.
 *
 * `{ sender, receiver, time, group?, type?, IV?, data, keys?, "signature": base64, "meta"?, "visa"?, "envelope_proof"? }`
 * A sender may attach its meta and visa for first contact; they count for nothing before they are verified.
 */
import { DimError, type ID, type JsonMap, type Limits } from 'mkm';
import { optionalMapOf, textOf, within } from 'mkm/extend';
import { checkBinary, decodeChecked } from 'mkm/internal';
import { encodePackage, type PackageOptions } from '../packing/message-package.ts';
import { MADE_HERE } from './made-here.ts';
import { readEnvelopeProof, type EnvelopeProof } from './envelope-proof.ts';
import { readSecureInit, SecureMessage, type SecureInit } from './secure-message.ts';

/** A message as received: nothing in it is authenticated before {@link verifyMessage}. */
export class ReliableMessage extends SecureMessage {
  /** The sender's meta map, attached for first contact; read it with a context's `Meta.parse`. */
  readonly attachedMeta: JsonMap | undefined;
  /** The sender's visa map, attached for first contact; read it with a context's `Document.parse`. */
  readonly attachedVisa: JsonMap | undefined;
  /** The sender's signature of the envelope, where the sender writes one. */
  readonly envelopeProof: EnvelopeProof | undefined;

  constructor(made: typeof MADE_HERE, fields: JsonMap, parts: SecureInit, envelopeProof?: EnvelopeProof) {
    super(made, fields, parts);
    this.envelopeProof = envelopeProof;
    this.attachedMeta = optionalMapOf(fields, 'meta');
    this.attachedVisa = optionalMapOf(fields, 'visa');
    // Its bytes are made of its texts when somebody asks for them: those stay what was checked.
    Object.freeze(this);
  }

  /** What it is to another copy of this package. */
  protected override get '@dim'(): string {
    return 'dkd.SecureMessage.ReliableMessage';
  }

  /** The sender's signature of the data bytes. Each time a copy: it is kept as text alone. */
  get signature(): Uint8Array {
    return decodeChecked(textOf(this.fields, 'signature'));
  }

  /** The package for the network: JSON in UTF-8, with long or short names. */
  encode(options: PackageOptions = {}): Uint8Array {
    return encodePackage(this.fields, options);
  }
}

/** Reads a reliable message from a map that was copied already and has long names. */
export function readReliableMessage(fields: JsonMap, readId: (input: unknown) => ID, limits: Limits): ReliableMessage {
  checkSignature(fields, limits);
  const envelopeProof = readEnvelopeProof(fields, readId, limits);
  return new ReliableMessage(MADE_HERE, fields, readSecureInit(fields, readId, limits), envelopeProof);
}

function checkSignature(fields: JsonMap, { signatureLength }: Limits): void {
  const text = textOf(fields, 'signature');
  if (text.length > signatureLength)
    throw new DimError('INPUT_LIMIT', `is longer than ${signatureLength} characters`, { path: 'signature' });
  within('signature', () => checkBinary(text));
}

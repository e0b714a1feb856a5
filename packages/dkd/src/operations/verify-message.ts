/** Reliable message to verified message: the signature is the sender's. */
import { canVerify, DimError, VerifiedDocument, VerifiedMeta, Visa, type VerifyKey } from 'mkm';
import { verifySignature } from 'mkm/extend';
import { ifReadable, notOfThisCopy } from 'mkm/internal';
import type { Envelope } from '../messages/envelope.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';
import { dataBytesOf } from '../messages/secure-message.ts';

/** Who may have signed a message: the sender by its meta, and by the keys of its visas. */
export type Signer = VerifiedMeta | VerifiedDocument;

/** What only this file has: so nobody else makes one, whatever the types say. */
const VERIFIED = Symbol('verified message');

/**
 * A message whose data the sender signed. Only {@link verifyMessage} makes one, and decryption takes nothing else.
 *
 * The signature covers the data and nothing else: not the envelope, not the keys, not the IV.
 */
export class VerifiedMessage {
  readonly #isVerified = true;
  readonly message: ReliableMessage;
  /** The key that verified it. */
  readonly verifiedBy: VerifyKey;

  private constructor(token: symbol, message: ReliableMessage, verifiedBy: VerifyKey) {
    if (token !== VERIFIED) throw new DimError('USAGE_ARGUMENT', 'a verified message comes from verifyMessage alone');
    // What was verified stays what it is.
    Object.freeze(message);
    this.message = message;
    this.verifiedBy = verifiedBy;
    Object.freeze(this);
  }

  /** What it is to another copy of this package: nothing, where it only has the prototype. */
  protected get '@dim'(): string {
    return #isVerified in this ? 'dkd.VerifiedMessage' : '';
  }

  get envelope(): Envelope {
    return this.message.envelope;
  }

  /** Whether a value is one, at run time. */
  static is(value: unknown): value is VerifiedMessage {
    return typeof value === 'object' && value !== null && #isVerified in value && value.#isVerified;
  }

  /** See {@link verifyMessage}. */
  static async verify(message: ReliableMessage, signers: readonly Signer[]): Promise<VerifiedMessage | false> {
    const known = verified.get(message);
    const data = dataBytesOf(message);
    for (const [index, signer] of signers.entries()) {
      const key = keyOf(signer, message, `signers[${index}]`);
      if (key === undefined) continue;
      if (known?.verifiedBy === key) return known;
      // One after the other: the first one nearly always is the right one.
      if (!(await verifySignature(key, data, message.signature))) continue;
      const answer = new VerifiedMessage(VERIFIED, message, key);
      verified.set(message, answer);
      return answer;
    }
    return false;
  }
}

/** What was verified is frozen: the answer holds as long as the message lives, for the key that gave it. */
const verified = new WeakMap<ReliableMessage, VerifiedMessage>();

/**
 * Verifies the signature of a message. Asking again costs nothing, with the same message and signer.
 *
 * @param signers the sender's meta and visas, the likeliest first: the key of any of them may have signed
 * @returns the verified message, or `false`
 * @throws DimError `USAGE_ARGUMENT` for a signer that is not verified, or is another than the sender
 * @example
 * ```ts
 * import { verifyMessage, verifyMeta, type Meta, type ReliableMessage, type VerifiedMessage } from 'dkd';
 *
 * async function verify(message: ReliableMessage, meta: Meta): Promise<VerifiedMessage | false> {
 *   const sender = await verifyMeta(meta, message.sender);
 *   return sender && verifyMessage(message, [sender]);
 * }
 * ```
 */
export function verifyMessage(message: ReliableMessage, signers: readonly Signer[]): Promise<VerifiedMessage | false> {
  return VerifiedMessage.verify(message, signers);
}

/** What is to be said of something in place of a {@link VerifiedMeta} or {@link VerifiedDocument}. */
export function identityNotVerified(value: unknown, path: string): DimError {
  const otherwise = 'must be what verifyMeta or verifyDocument gave';
  return notOfThisCopy(value, 'mkm.Verified', { path, remedy: 'verify', otherwise });
}

/** What is to be said of something in place of a {@link VerifiedMessage}. */
export function messageNotVerified(value: unknown): DimError {
  const otherwise = 'must be a message that verifyMessage gave';
  return notOfThisCopy(value, 'dkd.VerifiedMessage', { path: 'verified', remedy: 'verify', otherwise });
}

function keyOf(signer: Signer, { sender }: ReliableMessage, path: string): VerifyKey | undefined {
  const isMeta = VerifiedMeta.is(signer);
  if (!isMeta && !VerifiedDocument.is(signer)) throw identityNotVerified(signer, path);
  if (!(isMeta ? signer.id : signer.did).equals(sender))
    throw new DimError('USAGE_ARGUMENT', 'must be of the sender', { path });
  if (isMeta) return signer.publicKey;
  const { document } = signer;
  const key = document instanceof Visa ? ifReadable(() => document.encryptKey) : undefined;
  return key !== undefined && canVerify(key) ? key : undefined;
}

/** Reliable message to verified message: the signature is the sender's. */
import { callPluginAsync, type VerifyKey } from 'mkm';
import type { Envelope } from '../envelope.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';

/**
 * A message whose data the sender signed. Only {@link verifyMessage} makes one, and decryption takes nothing else.
 *
 * The signature covers the data and nothing else: not the envelope, not the keys, not the IV.
 */
export class VerifiedMessage {
  readonly message: ReliableMessage;
  /** The key that verified it. */
  readonly verifiedBy: VerifyKey;

  private constructor(message: ReliableMessage, verifiedBy: VerifyKey) {
    this.message = message;
    this.verifiedBy = verifiedBy;
  }

  get envelope(): Envelope {
    return this.message.envelope;
  }

  /** See {@link verifyMessage}. */
  static async verify(message: ReliableMessage, keys: readonly VerifyKey[]): Promise<VerifiedMessage | false> {
    for (const key of keys) {
      // One after the other: the first one nearly always is the right one.
      if (await callPluginAsync(key.algorithm, () => key.verify(message.dataBytes, message.signature))) {
        return new VerifiedMessage(message, key);
      }
    }
    return false;
  }
}

/**
 * Verifies the signature of a message.
 * @param keys the sender's keys as the application has verified them, the likeliest first: any of them may have signed
 * @returns the verified message, or `false`
 */
export function verifyMessage(message: ReliableMessage, keys: readonly VerifyKey[]): Promise<VerifiedMessage | false> {
  return VerifiedMessage.verify(message, keys);
}

/** Envelope proofs: writing one, and asking whether one holds. The wire form is in docs/envelope-proof.md. */
import { type SignKey } from 'mkm';
import { changeFields, verifySignature } from 'mkm/extend';
import { callPluginAsync } from 'mkm/internal';
import type { HashContext } from '../context/hash-context.ts';
import { ENVELOPE_PROOF, writeEnvelopeProof, type EnvelopeProof } from '../messages/envelope-proof.ts';
import { MADE_HERE } from '../messages/made-here.ts';
import { ReliableMessage } from '../messages/reliable-message.ts';
import { partsOf } from '../messages/secure-message.ts';
import { areDigestsAmong, envelopeStatement, keyDigestsOf, type Addressing } from './envelope-statement.ts';
import { messageNotVerified, VerifiedMessage } from './verify-message.ts';

/**
 * Adds a proof of the envelope to a signed message: sender, receiver, group, time, type, IV, keys and data. Readers who
 * do not know it ignore it.
 *
 * @param key the key that signed the message
 * @example
 * ```ts
 * import { proveEnvelope, signMessage, type MessageContext, type SecureMessage, type SignKey } from 'dkd';
 *
 * async function signAll(context: MessageContext, message: SecureMessage, key: SignKey) {
 *   return proveEnvelope(context, await signMessage(message, key), key);
 * }
 * ```
 */
export async function proveEnvelope(
  context: HashContext,
  message: ReliableMessage,
  key: SignKey,
): Promise<ReliableMessage> {
  const { receiver, group } = message;
  const keyDigests = keyDigestsOf(context, message);
  const toGroup = receiver.isGroup && !receiver.isBroadcast;
  const statement = envelopeStatement(context, message, {
    receiver,
    group: toGroup ? undefined : group,
    keyDigests,
  });
  const signature = await callPluginAsync(key.algorithm, () => key.sign(statement));
  const proof: EnvelopeProof = toGroup
    ? { signature, group: receiver, keyDigests }
    : { signature, group: undefined, keyDigests: undefined };
  const fields = changeFields(message.fields, { [ENVELOPE_PROOF]: writeEnvelopeProof(proof) });
  return new ReliableMessage(MADE_HERE, fields, partsOf(message), proof);
}

/**
 * Whether the proof of a message holds for its envelope, by the key that verified the message. False when it has none. Asking again
 * costs nothing.
 *
 * A part of a message that was split for one member may hide its group. Then the proof holds for the group that it
 * names, and the content must name the same: compare `message.envelopeProof.group`. `Messenger` of dimp does.
 *
 * @example
 * ```ts
 * import { verifyEnvelopeProof, type MessageContext, type VerifiedMessage } from 'dkd';
 *
 * async function timeOf(context: MessageContext, verified: VerifiedMessage): Promise<number | undefined> {
 *   return (await verifyEnvelopeProof(context, verified)) ? verified.envelope.time : undefined;
 * }
 * ```
 * @throws DimError `USAGE_ARGUMENT` for what is no verified message; `INTERNAL_PLUGIN`
 */
export async function verifyEnvelopeProof(context: HashContext, verified: VerifiedMessage): Promise<boolean> {
  if (!VerifiedMessage.is(verified)) throw messageNotVerified(verified);
  const { message, verifiedBy } = verified;
  const { envelopeProof } = message;
  if (envelopeProof === undefined) return false;
  if (proven.get(verified) === context) return true;
  const written = writtenTo(context, message, envelopeProof);
  if (written === undefined) return false;
  const statement = envelopeStatement(context, message, written);
  const isProven = await verifySignature(verifiedBy, statement, envelopeProof.signature);
  if (isProven) proven.set(verified, context);
  return isProven;
}

/** Whose proof held, with the digests of which context. */
const proven = new WeakMap<VerifiedMessage, HashContext>();

/** To whom the sender must have written for the proof to hold; undefined when this is no part of such a message. */
function writtenTo(
  context: HashContext,
  message: ReliableMessage,
  { group, keyDigests }: EnvelopeProof,
): Addressing | undefined {
  const { receiver } = message;
  const present = keyDigestsOf(context, message);
  if (group === undefined) return { receiver, group: message.group, keyDigests: present };
  if ((receiver.isGroup || receiver.isBroadcast) && !receiver.equals(group)) return undefined;
  if (message.group !== undefined && !message.group.equals(group)) return undefined;
  return areDigestsAmong(present, keyDigests) ? { receiver: group, group: undefined, keyDigests } : undefined;
}

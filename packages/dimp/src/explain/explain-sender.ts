/** Who a message is from: by the same steps as a messenger takes, each looked at by itself. */
import {
  hasSameKey,
  type DimError,
  type HashContext,
  type ReliableMessage,
  type Result,
  type VerifiedMessage,
  type VerifiedMeta,
} from 'dkd';
import {
  asRefusal,
  attachedVisa,
  checkEnvelope,
  offeredMeta,
  verifySender,
  type AuthenticateOptions,
  type VerifiedSender,
} from '../trust/authenticate.ts';
import { readAttachedMeta } from '../trust/introduction.ts';
import { knownDocuments, knownMeta, type IdentityCodecs, type KnownMeta } from '../trust/known-identity.ts';
import type { Memory } from '../memory/memory.ts';
import { attempt, errorOf, faultOf } from './fault.ts';
import type {
  AttachedExplanation,
  IntroductionExplanation,
  ProofExplanation,
  SignatureExplanation,
  SignerExplanation,
} from './sender-explanation.ts';

type Context = IdentityCodecs & HashContext;

/** What was found of the sender. */
export interface ReadSender {
  readonly sender: Result<VerifiedSender>;
  readonly proof: Result<'envelope' | 'content'> | undefined;
  readonly pinned: KnownMeta | undefined;
  readonly introduction: IntroductionExplanation;
}

/** @param now seconds since 1970 */
export async function readSender(
  context: Context,
  memory: Memory,
  message: ReliableMessage,
  { now, ...options }: AuthenticateOptions & { readonly now: number },
): Promise<ReadSender> {
  const sender = await attempt(() => verifySender(context, memory, message, now));
  const proof = sender.ok ? await attempt(() => checkEnvelope(context, sender.value.message, options)) : undefined;
  const pinned = await knownMeta(context, memory, message.sender);
  const attached = await explainAttached(context, memory, message, { pinned: pinnedAfter(sender, pinned), now });
  const is = introductionOf(message, sender.ok ? sender.value.introduction : undefined);
  return { sender, proof, pinned, introduction: { is, ...attached } };
}

/** A pin that had proved nothing gives way to the meta that verified the message. */
function pinnedAfter(sender: Result<VerifiedSender>, pinned: KnownMeta | undefined): KnownMeta | undefined {
  if (pinned === undefined || !sender.ok) return pinned;
  const shown = sender.value.changes.find((change) => change.do === 'pin-meta')?.meta;
  return shown === undefined || hasSameKey(shown.meta, pinned.meta.meta) ? pinned : undefined;
}

function introductionOf(
  { attachedMeta, attachedVisa: visa }: ReliableMessage,
  outcome: VerifiedSender['introduction'] | undefined,
): IntroductionExplanation['is'] {
  if (attachedMeta === undefined && visa === undefined) return 'absent';
  if (outcome === undefined) return 'not-used';
  return typeof outcome === 'string' ? outcome : 'refused';
}

async function explainAttached(
  context: Context,
  memory: Memory,
  message: ReliableMessage,
  { pinned, now }: { readonly pinned: KnownMeta | undefined; readonly now: number },
): Promise<Pick<IntroductionExplanation, 'meta' | 'visa'>> {
  const { attachedMeta, sender } = message;
  if (pinned !== undefined) {
    const offered = await offeredMeta(context, message, pinned.meta);
    const meta: AttachedExplanation =
      offered === undefined
        ? { is: attachedMeta === undefined ? 'absent' : 'known' }
        : { is: 'wrong', fault: faultOf(asRefusal(offered)) };
    return { meta, visa: await explainVisa(context, message, { owner: pinned.meta, now, memory, pinned }) };
  }
  const read = attachedMeta && (await attempt(() => readAttachedMeta(context, attachedMeta, sender)));
  const wrong = errorOf(read);
  const meta: AttachedExplanation =
    wrong === undefined ? { is: read === undefined ? 'absent' : 'new' } : { is: 'wrong', fault: faultOf(wrong) };
  const owner = read?.ok === true ? read.value : undefined;
  return { meta, visa: await explainVisa(context, message, { owner, now, memory, pinned }) };
}

async function explainVisa(
  context: Context,
  message: ReliableMessage,
  options: {
    readonly owner: VerifiedMeta | undefined;
    readonly now: number;
    readonly memory: Memory;
    readonly pinned: KnownMeta | undefined;
  },
): Promise<AttachedExplanation> {
  const { owner, now, memory, pinned } = options;
  if (message.attachedVisa === undefined) return { is: 'absent' };
  if (owner === undefined) return { is: 'not-checked' };
  const known = pinned === undefined ? [] : await knownDocuments(context, memory, pinned);
  const { outcome } = await attachedVisa(context, message, owner, known, now);
  if (typeof outcome !== 'string') return { is: 'wrong', fault: faultOf(outcome) };
  return { is: outcome === 'kept' ? 'new' : 'known' };
}

/** @param damage what is wrong with the message itself, where nothing can be verified */
export function explainSignature(
  context: HashContext,
  read: ReadSender | undefined,
  damage: DimError | undefined,
): SignatureExplanation {
  if (read === undefined)
    return damage === undefined ? { is: 'absent' } : { is: 'not-checked', fault: faultOf(damage) };
  const { sender, pinned } = read;
  if (sender.ok) return { is: 'verified', by: explainSigner(context, sender.value, pinned) };
  const fault = faultOf(sender.error);
  if (fault.code === 'CRYPTO_META_CHANGED') return { is: 'another-identity', fault };
  return { is: fault.code === 'CRYPTO_VERIFY' && fault.path === 'signature' ? 'wrong' : 'not-checked', fault };
}

function explainSigner(context: HashContext, sender: VerifiedSender, pinned: KnownMeta | undefined): SignerExplanation {
  const { message, changes } = sender;
  const shown = changes.find((change) => change.do === 'pin-meta')?.meta;
  const meta = shown ?? pinned?.meta;
  const isKnown = pinned !== undefined && (shown === undefined || hasSameKey(shown.meta, pinned.meta.meta));
  const isOfMeta = meta !== undefined && hasSameKey({ publicKey: message.verifiedBy }, meta.meta);
  return {
    id: message.envelope.sender.entity.toString(),
    key: isOfMeta ? 'meta' : 'visa',
    algorithm: message.verifiedBy.algorithm,
    fingerprint: fingerprintOf(context, message),
    metaFrom: isKnown ? 'memory' : 'message',
  };
}

const FINGERPRINT_BYTES = 16;

function fingerprintOf({ sha256 }: HashContext, { verifiedBy }: VerifiedMessage): string {
  const digest = sha256(verifiedBy.canonical ?? verifiedBy.data).subarray(0, FINGERPRINT_BYTES);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function explainProof(
  read: ReadSender | undefined,
  message: ReliableMessage | undefined,
  isDemanded: boolean,
): ProofExplanation {
  const proof = message?.envelopeProof;
  if (proof === undefined) return { is: 'absent', isDemanded };
  if (read?.proof === undefined) return { is: 'not-checked' };
  if (!read.proof.ok) return { is: 'wrong', fault: faultOf(read.proof.error) };
  return { is: 'verified', ...(proof.group !== undefined && { group: proof.group.toString() }) };
}

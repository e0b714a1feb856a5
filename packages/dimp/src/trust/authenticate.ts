/** Who sent a message: by what is known of the sender, and by what it attached for first contact. */
import {
  DimError,
  isDimError,
  verifyEnvelopeProof,
  verifyMessage,
  type HashContext,
  type ID,
  type ReliableMessage,
  type VerifiedDocument,
  type VerifiedMessage,
  type VerifiedMeta,
} from 'dkd';
import { within } from 'dkd/extend';
import { ENVELOPE_PROOF, timeBy } from 'dkd/internal';
import type { Change, Plan } from '../memory/change.ts';
import { checkFlag, checkMessage } from './check-options.ts';
import {
  asOutcome,
  isPinnedMeta,
  keepDocument,
  readAttachedMeta,
  readAttachedVisa,
  type Introduction,
} from './introduction.ts';
import { knownDocuments, knownMeta, type IdentityCodecs, type KnownMeta } from './known-identity.ts';
import type { Memory } from '../memory/memory.ts';

/** A message whose sender is who it says. */
export interface AuthenticatedMessage {
  readonly message: VerifiedMessage;
  /**
   * What the sender's signatures vouch for. With `content`, the envelope's time and receiver are the word of those who
   * carried the message. With `envelope` they are the sender's, but for which member a part of a group's message went to,
   * and with which of its keys.
   */
  readonly authenticated: 'envelope' | 'content';
  /** What became of the meta and visa that came with it. */
  readonly introduction: Introduction;
}

/** How to authenticate. */
export interface AuthenticateOptions {
  /** Refuses messages whose sender does not vouch for the envelope. */
  readonly requireEnvelopeProof?: boolean | undefined;
  /** The time now, in seconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Verifies a message without being its receiver, as stations and bots of groups do. Nothing attached counts that is not
 * signed by the pinned meta or, where none is, by one that is the sender's. Of the plan, commit the changes to remember
 * the sender.
 *
 * @throws DimError `MISSING_META`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`; what is wrong with an attached meta where no
 * other is known
 * @example
 * ```ts
 * import { authenticate, type Dim, type Store } from 'dimp';
 *
 * async function accept(dim: Dim, store: Store, bytes: Uint8Array): Promise<void> {
 *   const { changes } = await authenticate(dim, store, dim.ReliableMessage.decode(bytes));
 *   await store.commit(changes);
 * }
 * ```
 */
export async function authenticate(
  context: IdentityCodecs & HashContext,
  memory: Memory,
  message: ReliableMessage,
  options: AuthenticateOptions = {},
): Promise<Plan<AuthenticatedMessage>> {
  checkMessage(message);
  checkFlag(options.requireEnvelopeProof, 'requireEnvelopeProof');
  const sender = await verifySender(context, memory, message, timeBy(options.clock));
  const authenticated = await checkEnvelope(context, sender.message, options);
  const { introduction, changes } = sender;
  return { value: { message: sender.message, authenticated, introduction }, changes };
}

/** Who sent a message, by a key that is the sender's. */
export interface VerifiedSender {
  readonly message: VerifiedMessage;
  readonly introduction: Introduction;
  readonly changes: readonly Change[];
}

/** {@link authenticate} without the envelope: whose key signed the data. */
export async function verifySender(
  codecs: IdentityCodecs,
  memory: Memory,
  message: ReliableMessage,
  now: number,
): Promise<VerifiedSender> {
  const { sender } = message;
  const pinned = await knownMeta(codecs, memory, sender);
  if (pinned === undefined) {
    if (message.attachedMeta === undefined) throw missingMeta(sender, 'meta');
    const meta = await readAttachedMeta(codecs, message.attachedMeta, sender);
    return requireVerified(await verifyWith(codecs, message, { meta, documents: [], now, isNew: true }));
  }
  const offered = message.attachedMeta === undefined ? undefined : await offeredMeta(codecs, message, pinned.meta);
  const byMeta = await verifyMessage(message, [pinned.meta]);
  // Most messages bring nothing, and are signed by the key of the meta: memory is asked for nothing else then.
  if (byMeta && pinned.isProven && message.attachedMeta === undefined && message.attachedVisa === undefined)
    return { message: byMeta, introduction: 'absent', changes: [] };
  const documents = await knownDocuments(codecs, memory, pinned);
  const byPinned = await verifyWith(codecs, message, { ...pinned, byMeta, documents, now, isNew: false });
  if (byPinned !== undefined)
    return offered === undefined ? byPinned : { ...byPinned, introduction: asRefusal(offered) };
  if (offered === undefined || isDimError(offered)) {
    // A pin that proved nothing is no reason to refuse for good: anybody may be able to compute a meta, and show it first.
    if (!pinned.isProven && message.attachedMeta === undefined) throw missingMeta(sender, 'meta', 'visa');
    return requireVerified(undefined);
  }
  return verifyWithOther(codecs, message, pinned, { meta: offered, documents, now });
}

/**
 * Whoever shows another meta for a known ID is believed only when its key has signed something: anybody may be able to
 * compute a key, and only its owner signs with it. Then it is the alarm, or the end of a pin that never proved itself.
 */
async function verifyWithOther(
  codecs: IdentityCodecs,
  message: ReliableMessage,
  pinned: KnownMeta,
  { meta, documents, now }: { meta: VerifiedMeta; documents: readonly VerifiedDocument[]; now: number },
): Promise<VerifiedSender> {
  const byOffered = requireVerified(await verifyWith(codecs, message, { meta, documents: [], now, isNew: true }));
  if (pinned.isProven)
    throw new DimError('CRYPTO_META_CHANGED', 'another meta is pinned for the sender', { path: 'meta' });
  const dropped = documents.map((document): Change => ({ do: 'drop-document', document }));
  return { ...byOffered, changes: [...dropped, ...byOffered.changes] };
}

/** Somebody on the way may have put another meta there: the message is the sender's all the same. */
export function asRefusal(offered: VerifiedMeta | DimError): DimError {
  if (isDimError(offered)) return offered;
  return new DimError('CRYPTO_VERIFY', 'another one is pinned for the sender', { path: 'meta' });
}

function missingMeta(sender: ID, ...what: readonly ('meta' | 'visa')[]): DimError {
  return new DimError('MISSING_META', `no meta is known of ${sender.toString()}`, {
    path: 'sender',
    missing: what.map((part) => ({ what: part, id: sender.entity })),
  });
}

/** The attached meta where it is another than the pinned one; what is wrong with it. */
export async function offeredMeta(
  codecs: IdentityCodecs,
  { attachedMeta, sender }: ReliableMessage,
  pinned: VerifiedMeta,
): Promise<VerifiedMeta | DimError | undefined> {
  if (attachedMeta === undefined) return undefined;
  try {
    return isPinnedMeta(codecs, attachedMeta, pinned)
      ? undefined
      : await readAttachedMeta(codecs, attachedMeta, sender);
  } catch (error) {
    return asOutcome(error);
  }
}

/** A sender by one meta, pinned or offered. */
interface Candidate {
  readonly meta: VerifiedMeta;
  readonly documents: readonly VerifiedDocument[];
  readonly now: number;
  /** Whether the meta is to be pinned. */
  readonly isNew: boolean;
  readonly isProven?: boolean;
  /** What the key of the meta says of the message, where it was asked already. */
  readonly byMeta?: VerifiedMessage | false;
}

/** @returns undefined when neither the meta nor any visa under it has the key of the signature */
async function verifyWith(
  codecs: IdentityCodecs,
  message: ReliableMessage,
  candidate: Candidate,
): Promise<VerifiedSender | undefined> {
  const { meta, documents, now, isNew, isProven = false } = candidate;
  // Nearly all clients sign with the key of the meta.
  const byMeta = candidate.byMeta ?? (await verifyMessage(message, [meta]));
  const visa = await attachedVisa(codecs, message, meta, documents, now);
  // An older visa than the known one proves nothing: its key may have been given up for a reason.
  const verified = byMeta || (await verifyMessage(message, visa.documents));
  if (!verified) return undefined;
  const pin: Change[] = isNew || !isProven ? [{ do: 'pin-meta', id: meta.id, meta, isProven: true }] : [];
  const introduction =
    visa.outcome === 'absent' && message.attachedMeta !== undefined ? (isNew ? 'kept' : 'known') : visa.outcome;
  return { message: verified, introduction, changes: [...pin, ...visa.changes] };
}

interface AttachedVisa {
  readonly outcome: Introduction;
  readonly documents: readonly VerifiedDocument[];
  readonly changes: readonly Change[];
}

/** What becomes of the attached visa, beside the documents that are known. */
export async function attachedVisa(
  codecs: IdentityCodecs,
  { attachedVisa: fields }: ReliableMessage,
  owner: VerifiedMeta,
  known: readonly VerifiedDocument[],
  now: number,
): Promise<AttachedVisa> {
  if (fields === undefined) return { outcome: 'absent', documents: known, changes: [] };
  const isKnown = known.some(
    ({ document }) => document.data === fields['data'] && document.did.toString() === fields['did'],
  );
  if (isKnown) return { outcome: 'known', documents: known, changes: [] };
  try {
    const visa = await readAttachedVisa(codecs, fields, owner, now);
    return within('visa', () => keepDocument(known, visa));
  } catch (error) {
    return { outcome: asOutcome(error), documents: known, changes: [] };
  }
}

function requireVerified(sender: VerifiedSender | undefined): VerifiedSender {
  if (sender !== undefined) return sender;
  throw new DimError('CRYPTO_VERIFY', "the signature is not the sender's", { path: 'signature' });
}

/** @throws DimError `CRYPTO_VERIFY` for a proof of the envelope that does not hold, and for none where it is demanded */
export async function checkEnvelope(
  context: HashContext,
  verified: VerifiedMessage,
  { requireEnvelopeProof }: AuthenticateOptions,
): Promise<'envelope' | 'content'> {
  const hasProof = verified.message.envelopeProof !== undefined;
  if (hasProof && !(await verifyEnvelopeProof(context, verified)))
    throw new DimError('CRYPTO_VERIFY', 'the envelope is not as the sender signed it', { path: ENVELOPE_PROOF });
  if (!hasProof && requireEnvelopeProof === true)
    throw new DimError('CRYPTO_VERIFY', 'the sender does not vouch for the envelope', { path: ENVELOPE_PROOF });
  return hasProof ? 'envelope' : 'content';
}

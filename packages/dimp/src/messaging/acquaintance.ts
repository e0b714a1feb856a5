/** Who sent a message: by what is known of the sender, and by what it attached for first contact. */
import { canVerify, DimError, verifyMeta, Visa, within } from 'dkd';
import type { Document, MessageContext, Meta, ReliableMessage, VerifyKey } from 'dkd';
import type { IdentityStore } from './identity-store.ts';
import { withDocument } from './newest-documents.ts';

/** The keys that may have signed a message, and what is to be remembered once one of them has. */
export interface Acquaintance {
  /** The key of the meta, which nearly all clients sign with, then the keys of the visas. */
  readonly keys: readonly VerifyKey[];
  /** Keeps the meta and the visa that the sender attached, if any. Not before the message is verified. */
  remember(): Promise<void>;
}

/**
 * Gets to know the sender of a message. Nothing is stored yet, and nothing attached counts that is not signed by the
 * pinned meta or, where none is, by one that is the sender's.
 *
 * @throws DimError `MISSING_META`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`, `INPUT_…`
 */
export async function getAcquainted(
  context: MessageContext,
  store: IdentityStore,
  message: ReliableMessage,
): Promise<Acquaintance> {
  const { sender, attachedMeta, attachedVisa } = message;
  const pinned = await store.meta(sender);
  const newMeta = attachedMeta && within('meta', () => context.Meta.parse(attachedMeta));
  if (newMeta !== undefined) {
    // The store compares it with the pinned one, and raises the alarm.
    if (pinned !== undefined) await store.saveMeta(sender, newMeta);
    else if (!(await verifyMeta(newMeta, sender)))
      throw new DimError('CRYPTO_VERIFY', 'is not that of the sender', { path: 'meta' });
  }
  const meta = pinned ?? newMeta;
  if (meta === undefined)
    throw new DimError('MISSING_META', `no meta is known of ${sender.toString()}`, { path: 'sender' });
  const known = await store.documents(sender);
  const newVisa = attachedVisa === undefined ? undefined : await readVisa(context, message, meta);
  // An older visa than the known one proves nothing: its key may have been given up for a reason.
  const documents = (newVisa && within('visa', () => withDocument(known, newVisa))) ?? known;
  const visaKeys = documents.map((document) => keyOf(document)).filter((key) => key !== undefined && canVerify(key));
  return {
    keys: [meta.publicKey, ...visaKeys],
    async remember() {
      if (pinned === undefined) await store.saveMeta(sender, meta);
      if (newVisa !== undefined) await store.saveDocument(newVisa);
    },
  };
}

async function readVisa(
  context: MessageContext,
  { sender, attachedVisa }: ReliableMessage,
  meta: Meta,
): Promise<Document> {
  const visa = within('visa', () => context.Document.parse(attachedVisa));
  if (!visa.did.equals(sender))
    throw new DimError('INPUT_CONFLICT', 'is of another than the sender', { path: 'visa.did' });
  if (!(await visa.verify(meta.publicKey)))
    throw new DimError('CRYPTO_VERIFY', 'is not signed by the sender', { path: 'visa' });
  return visa;
}

/** The key of a visa; a visa whose key is of an algorithm that no plugin has is as good as none. */
export function keyOf(document: Document): Visa['publicKey'] {
  try {
    return document instanceof Visa ? document.publicKey : undefined;
  } catch {
    return undefined;
  }
}

/** Introductions: the meta and visa that a sender attaches for those who do not know it. */
import {
  DimError,
  isDimError,
  hasSameKey,
  verifyDocument,
  verifyMeta,
  type Document,
  type ID,
  type JsonMap,
  type JsonValue,
  type Meta,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dkd';
import { currentTime, within } from 'dkd/extend';
import { canonicalDocument, canonicalMeta } from './canonical-identity.ts';
import type { Change } from '../memory/change.ts';
import type { IdentityCodecs } from './known-identity.ts';
import { signedTime, withDocument } from './newest-documents.ts';

/**
 * What became of an introduction: `absent`; `kept`: something of it was new; `known`: nothing was; or why it was not
 * believed. It never decides about the message that it came with.
 */
export type Introduction = 'absent' | 'kept' | 'known' | DimError;

/**
 * What is wrong with something that somebody showed, as an outcome: it is told, and ends nothing.
 * @throws whatever is no fault of theirs
 */
export function asOutcome(error: unknown): DimError {
  if (isDimError(error) && error.code !== 'INTERNAL_STORE') return error;
  throw error;
}

/** How far the clock of one who signed a document may be ahead of ours, in seconds: a day. */
export const MAX_SKEW = 24 * 60 * 60;

/**
 * Reads an attached meta.
 * @throws DimError at `meta`: `INPUT_…`, `UNSUPPORTED_…`, `CRYPTO_VERIFY` when it is not the sender's
 */
export async function readAttachedMeta(codecs: IdentityCodecs, fields: JsonMap, sender: ID): Promise<VerifiedMeta> {
  const meta = parseAttachedMeta(codecs, fields);
  const verified = await verifyMeta(meta, sender);
  if (verified) return verified;
  throw new DimError('CRYPTO_VERIFY', 'is not that of the sender', { path: 'meta' });
}

/** {@link readAttachedMeta} without the question whose it is. */
function parseAttachedMeta(codecs: IdentityCodecs, fields: JsonMap): Meta {
  return within('meta', () => codecs.Meta.parse(canonicalMeta(fields)));
}

/** Whether an attached meta has the key that is pinned: then there is nothing to verify. */
export function isPinnedMeta(codecs: IdentityCodecs, fields: JsonMap, pinned: VerifiedMeta): boolean {
  return hasSameKey(parseAttachedMeta(codecs, fields), pinned.meta);
}

/**
 * Reads an attached visa.
 * @throws DimError at `visa`: `INPUT_…`, `INPUT_TOO_EARLY` for one from the future, `CRYPTO_VERIFY` when the sender did
 * not sign it
 */
export async function readAttachedVisa(
  codecs: IdentityCodecs,
  fields: JsonMap,
  owner: VerifiedMeta,
  now: number = currentTime(),
): Promise<VerifiedDocument> {
  // Before it is read: it comes with messages that nobody has verified yet.
  within('visa', () => checkLength(fields['data']));
  const visa = within('visa', () => codecs.Document.parse(canonicalDocument(fields)));
  if (!visa.did.equals(owner.id))
    throw new DimError('INPUT_CONFLICT', 'is of another than the sender', { path: 'visa.did' });
  within('visa', () => checkKeepable(visa, now));
  const verified = await verifyDocument(visa, owner);
  if (verified) return verified;
  throw new DimError('CRYPTO_VERIFY', 'is not signed by the sender', { path: 'visa' });
}

/** Characters of a document that is kept: visas have about a thousand, and a picture inside is still small. */
export const MAX_DOCUMENT_LENGTH = 256 * 1024;

/**
 * Whether a document can be kept: one from the future could never be replaced by a right one, and the largest message
 * would be too much for each of many strangers.
 */
export function checkKeepable(document: Document, now: number): void {
  checkLength(document.data);
  if (signedTime(document) > now + MAX_SKEW)
    throw new DimError('INPUT_TOO_EARLY', 'is in the future', { path: 'data.time' });
}

function checkLength(data: JsonValue | undefined): void {
  if (typeof data === 'string' && data.length > MAX_DOCUMENT_LENGTH)
    throw new DimError('INPUT_LIMIT', `is longer than ${MAX_DOCUMENT_LENGTH} characters`, { path: 'data' });
}

/** How to keep a document. */
export interface KeptDocument {
  readonly outcome: 'kept' | 'known';
  readonly documents: readonly VerifiedDocument[];
  readonly changes: readonly Change[];
}

/** What keeping a document does to those that are known. @throws DimError `INPUT_…` when it cannot be placed */
export function keepDocument(known: readonly VerifiedDocument[], document: VerifiedDocument): KeptDocument {
  const change = withDocument(known, document);
  if (change === undefined) return { outcome: 'known', documents: known, changes: [] };
  return {
    outcome: 'kept',
    documents: change.documents,
    changes: [
      ...change.dropped.map((dropped): Change => ({ do: 'drop-document', document: dropped })),
      { do: 'keep-document', document },
    ],
  };
}

/** What is known of one identity, and the record that is kept of it. */
import {
  verifyDocument,
  verifyMeta,
  type Dim,
  type ID,
  type JsonMap,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dimp';
import { fieldOf } from 'dimp/extend';
import { mapsOf } from './items-of.ts';

/** What is known of one identity. All of it was verified. */
export interface KnownIdentity {
  readonly pinned: { readonly meta: VerifiedMeta; readonly isProven: boolean } | undefined;
  readonly documents: readonly VerifiedDocument[];
  /** Whether it has logged in here: who has not, may be anybody's invention. */
  readonly isUser: boolean;
}

/** Nothing. */
export const UNKNOWN: KnownIdentity = Object.freeze({ pinned: undefined, documents: [], isUser: false });

/** The record of an identity; undefined where nothing is known. */
export function recordOf({ pinned, documents }: KnownIdentity): JsonMap | undefined {
  if (pinned === undefined) return undefined;
  return {
    meta: pinned.meta.meta.fields,
    isProven: pinned.isProven,
    documents: documents.map(({ document }) => document.fields),
  };
}

/**
 * Reads the record of an identity. A file that somebody has changed gives nobody another's identity: metas and documents
 * are verified anew.
 */
export async function identityOf(dim: Dim, id: ID, record: JsonMap, isUser: boolean): Promise<KnownIdentity> {
  const meta = await verifyMeta(dim.Meta.parse(fieldOf(record, 'meta')), id);
  if (!meta) return UNKNOWN;
  const documents: VerifiedDocument[] = [];
  for (const fields of mapsOf(record, 'documents')) {
    const document = dim.Document.parse(fields);
    const verified = document.did.equals(id) && (await verifyDocument(document, meta));
    if (verified) documents.push(verified);
  }
  return { pinned: { meta, isProven: fieldOf(record, 'isProven') === true }, documents, isUser };
}

/** Characters of what is kept of an identity: of its key and its documents, which is nearly all. */
export function weightOf({ pinned, documents }: KnownIdentity): number {
  const key = pinned && fieldOf(pinned.meta.publicKey.fields, 'data');
  const texts = [key, ...documents.map(({ document }) => document.data)];
  return texts.reduce<number>((length, text) => length + (typeof text === 'string' ? text.length : 0), OVERHEAD);
}

const OVERHEAD = 512;

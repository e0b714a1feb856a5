/** What is known of one identity, and the record that is kept of it. */
import {
  verifyDocument,
  verifyMeta,
  type Dim,
  type Document,
  type ID,
  type JsonMap,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dimp';
import { fieldOf } from 'dimp/extend';
import { isOfOddTerminal } from 'dimp/internal';
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
    const document = readKept(dim, fields);
    const verified = document?.did.equals(id) === true && (await verifyDocument(document, meta));
    if (verified) documents.push(verified);
  }
  return { pinned: { meta, isProven: fieldOf(record, 'isProven') === true }, documents, isUser };
}

/** A visa that was kept before anybody looked at its terminal is left out: nobody could be told of messages for it. */
function readKept(dim: Dim, fields: JsonMap): Document | undefined {
  try {
    return dim.Document.parse(fields);
  } catch (error) {
    if (isOfOddTerminal(error)) return undefined;
    throw error;
  }
}

/** The oldest ones first: deployed clients keep no visa that is older than one that they have, although it is of another device. */
export function withDocument(known: KnownIdentity, added: VerifiedDocument): KnownIdentity {
  const documents = [...known.documents, added];
  documents.sort((one, other) => timeOf(one) - timeOf(other));
  return { ...known, documents };
}

function timeOf({ document }: VerifiedDocument): number {
  return document.time ?? 0;
}

/** Characters of what is kept of an identity: of its key and its documents, which is nearly all. */
export function weightOf({ pinned, documents }: KnownIdentity): number {
  const key = pinned && fieldOf(pinned.meta.publicKey.fields, 'data');
  const texts = [key, ...documents.map(({ document }) => document.data)];
  return texts.reduce<number>((length, text) => length + (typeof text === 'string' ? text.length : 0), OVERHEAD);
}

const OVERHEAD = 512;

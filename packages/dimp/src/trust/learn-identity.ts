/** Learning an identity that did not come with a message: a contact, a group, the answer to a query. */
import {
  Bulletin,
  DimError,
  Document,
  hasSameKey,
  isDimError,
  isFounder,
  Meta,
  verifyDocument,
  verifyMeta,
  type Codec,
  type ID,
  type JsonMap,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dkd';
import { checkArguments, typeName, requireArgument, within, type WireObject } from 'dkd/extend';
import { checkId, hasBrand, timeBy } from 'dkd/internal';
import { canonicalDocument, canonicalMeta } from './canonical-identity.ts';
import type { Change, Plan } from '../memory/change.ts';
import { checkList } from './check-options.ts';
import { asOutcome, checkKeepable, keepDocument } from './introduction.ts';
import { knownDocuments, knownMeta, type IdentityCodecs, type KnownMeta } from './known-identity.ts';
import type { Memory } from '../memory/memory.ts';
import { MAX_DOCUMENTS } from './newest-documents.ts';

/** More documents than any identity has: each costs a signature, and a peer sends as many as it likes. */
const MAX_OFFERED = 2 * MAX_DOCUMENTS;

/** What somebody says of an identity. */
export interface OfferedIdentity {
  readonly id: ID;
  /** Needed where none is known yet. */
  readonly meta?: Meta | undefined;
  readonly documents?: readonly Document[] | undefined;
}

/** What became of it. */
export interface LearnedIdentity {
  readonly meta: VerifiedMeta;
  /** For each document that was offered: `kept`; `known`, as there is one as new; or why it was not believed. */
  readonly documents: readonly ('kept' | 'known' | DimError)[];
}

/** How to learn. */
export interface LearnOptions {
  /** The time now, in seconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Decides what to believe of an identity. The first meta of an ID is pinned, provisionally until its key has verified a
 * document or a message.
 *
 * @throws DimError `MISSING_META`; `CRYPTO_VERIFY` when the meta is not the ID's, or another one is pinned and this one
 * proves nothing; `CRYPTO_META_CHANGED` when another one is pinned and both have proven themselves: raise an alarm
 * @example
 * ```ts
 * import { learnIdentity, type Dim, type MetaCommand, type Store } from 'dimp';
 *
 * async function answered(dim: Dim, store: Store, { did, meta }: MetaCommand): Promise<void> {
 *   const { changes } = await learnIdentity(dim, store, { id: did, meta });
 *   await store.commit(changes);
 * }
 * ```
 */
export async function learnIdentity(
  codecs: IdentityCodecs,
  memory: Memory,
  offer: OfferedIdentity,
  options: LearnOptions = {},
): Promise<Plan<LearnedIdentity>> {
  return planIdentity(codecs, memory, offer, options);
}

/** How to plan what becomes of an identity. */
export interface PlanOptions extends LearnOptions {
  /** Whether the application adds it by itself. */
  readonly isAdded?: boolean;
  /** What the caller calls a document, for the paths of errors. */
  readonly placeOf?: (index: number) => string;
}

function placeOfDocument(index: number): string {
  return `documents[${index}]`;
}

/** A cast lets maps in, which nobody has read yet; and what is of another copy of the packages is read anew. */
function ownOffer(codecs: IdentityCodecs, offer: OfferedIdentity, placeOf: (index: number) => string): OfferedIdentity {
  const { id, meta } = requireArgument(offer, 'identity');
  const documents = offer.documents ?? [];
  checkId(id, 'id');
  const ownMeta = meta === undefined ? undefined : ownPart(meta, Meta, META, codecs.Meta, 'meta');
  checkList(documents, 'documents');
  return {
    id,
    meta: ownMeta,
    documents: documents.map((document, index) =>
      ownPart(document, Document, 'mkm.Document', codecs.Document, placeOf(index)),
    ),
  };
}

const META = 'mkm.Meta';

function ownPart<T extends Meta | Document>(
  part: T,
  ofClass: abstract new (...parts: never[]) => T,
  brand: string,
  codec: Codec<T>,
  path: string,
): T {
  if (part instanceof ofClass) return part;
  if (hasBrand(part, brand)) return checkArguments(() => within(path, () => codec.parse(part)));
  const what = brand === META ? 'a meta' : 'a document';
  throw new DimError('USAGE_ARGUMENT', `must be ${what}, not ${typeName(part)}: read it first`, { path });
}

/**
 * {@link learnIdentity}; what an application adds by itself also takes the place of a meta that proved nothing: whoever
 * showed that one first was somebody else.
 */
export async function planIdentity(
  codecs: IdentityCodecs,
  memory: Memory,
  given: OfferedIdentity,
  options: PlanOptions,
): Promise<Plan<LearnedIdentity>> {
  const { placeOf = placeOfDocument } = options;
  const offer = ownOffer(codecs, given, placeOf);
  const pinned = await knownMeta(codecs, memory, offer.id);
  const { meta, isNew } = await chooseMeta(codecs, pinned, offer, options.isAdded === true);
  const known = pinned === undefined ? [] : await knownDocuments(codecs, memory, pinned);
  const dropped = isNew ? known.map((document): Change => ({ do: 'drop-document', document })) : [];
  const now = timeBy(options.clock);
  const learned = await learnDocuments(
    { codecs, memory, meta, now, placeOf },
    isNew ? [] : known,
    offer.documents ?? [],
  );
  const hasProof = learned.outcomes.some((outcome) => !isDimError(outcome));
  const isProven = hasProof || (!isNew && pinned?.isProven === true);
  const isChanged = isNew || isProven !== (pinned?.isProven === true);
  const pin: Change[] = isChanged ? [{ do: 'pin-meta', id: meta.id, meta, isProven }] : [];
  return {
    value: { meta, documents: learned.outcomes },
    changes: [...dropped, ...pin, ...learned.changes],
  };
}

async function chooseMeta(
  codecs: IdentityCodecs,
  pinned: KnownMeta | undefined,
  { id, meta: offered, documents = [] }: OfferedIdentity,
  isAdded: boolean,
): Promise<{ readonly meta: VerifiedMeta; readonly isNew: boolean }> {
  if (offered === undefined || (pinned !== undefined && hasSameKey(pinned.meta.meta, offered))) {
    if (pinned !== undefined) return { meta: pinned.meta, isNew: false };
    throw new DimError('MISSING_META', `no meta is known of ${id.toString()}`, {
      missing: [{ what: 'meta', id: id.entity }],
    });
  }
  const meta = await verifyMeta(
    within('meta', () => withFields(codecs.Meta, offered, canonicalMeta(offered.fields))),
    id,
  );
  if (!meta) throw new DimError('CRYPTO_VERIFY', 'the meta is not that of the ID', { path: 'meta' });
  if (pinned === undefined || (isAdded && !pinned.isProven)) return { meta, isNew: true };
  if (!(await provesItself(meta, documents)))
    throw new DimError('CRYPTO_VERIFY', 'another meta is pinned for the ID, and this one proves nothing', {
      path: 'meta',
    });
  if (pinned.isProven) throw new DimError('CRYPTO_META_CHANGED', 'another meta is pinned for the ID', { path: 'meta' });
  return { meta, isNew: true };
}

async function provesItself(meta: VerifiedMeta, documents: readonly Document[]): Promise<boolean> {
  for (const document of documents.slice(0, MAX_OFFERED)) if (await verifyDocument(document, meta)) return true;
  return false;
}

interface Learner {
  readonly codecs: IdentityCodecs;
  readonly memory: Memory;
  readonly meta: VerifiedMeta;
  readonly now: number;
  readonly placeOf: (index: number) => string;
}

async function learnDocuments(
  learner: Learner,
  known: readonly VerifiedDocument[],
  offered: readonly Document[],
): Promise<{ readonly outcomes: LearnedIdentity['documents']; readonly changes: readonly Change[] }> {
  const outcomes: ('kept' | 'known' | DimError)[] = [];
  const changes: Change[] = [];
  let documents = known;
  for (const [index, document] of offered.entries()) {
    try {
      if (index >= MAX_OFFERED) throw new DimError('INPUT_LIMIT', `are more than ${MAX_OFFERED} documents`);
      const kept = keepDocument(documents, await checkDocument(learner, document));
      outcomes.push(kept.outcome);
      changes.push(...kept.changes);
      ({ documents } = kept);
    } catch (error) {
      outcomes.push(asOutcome(error).within(learner.placeOf(index)));
    }
  }
  return { outcomes, changes };
}

async function checkDocument({ codecs, memory, meta, now }: Learner, offered: Document): Promise<VerifiedDocument> {
  if (!offered.did.equals(meta.id)) throw new DimError('INPUT_CONFLICT', 'is of another ID', { path: 'did' });
  const document = withFields(codecs.Document, offered, canonicalDocument(offered.fields));
  checkKeepable(document, now);
  const verified = await verifyDocument(document, meta);
  if (!verified) throw new DimError('CRYPTO_VERIFY', 'is not signed by its ID');
  if (document instanceof Bulletin) await checkFounder(codecs, memory, meta, document);
  return verified;
}

function withFields<T extends WireObject>(codec: Codec<T>, value: T, fields: JsonMap): T {
  return value.fields === fields ? value : codec.parse(fields);
}

/** A bulletin names its founder; where that one is known, it must be the one whose key the group has. */
async function checkFounder(
  codecs: IdentityCodecs,
  memory: Memory,
  group: VerifiedMeta,
  { founder }: Bulletin,
): Promise<void> {
  const known = founder && (await knownMeta(codecs, memory, founder));
  if (known !== undefined && !(await isFounder(group, known.meta)))
    throw new DimError('CRYPTO_VERIFY', "the key of the group is not the founder's", { path: 'data.founder' });
}

/** Which documents of an ID count: the newest of each kind and, for visas, of each terminal. */
import { Bulletin, DimError, Visa, type Document, type VerifiedDocument } from 'dkd';
import { optionalFieldOf } from 'dkd/extend';

/** An ID keeps no more documents than this; of more, the oldest goes. Each visa costs every message to its owner. */
export const MAX_DOCUMENTS = 32;

/** How documents change by a new one. */
export interface DocumentsChange {
  readonly documents: readonly VerifiedDocument[];
  readonly dropped: readonly VerifiedDocument[];
}

/**
 * The documents with a new one among them.
 *
 * Only what is signed gives a document a place of its own: a visa that names its terminal inside, a type. Old clients sign
 * neither. Their visas have the place of the terminal that stands outside, and are taken only when they are later than
 * every other visa of the ID: nobody brings back an old one by another name.
 *
 * @returns undefined when it is there, or one as new is there that it would stand beside or replace
 * @throws DimError `INPUT_…` when it cannot be placed
 */
export function withDocument(known: readonly VerifiedDocument[], fresh: VerifiedDocument): DocumentsChange | undefined {
  const { document } = fresh;
  const time = signedTime(document);
  const ofKind = known.filter((other) => kindOf(other.document) === kindOf(document));
  checkKind(document);
  const isGuess = isAmbiguous(document);
  const siblings = ofKind.filter((other) => isGuess || !isAmbiguous(other.document));
  if (isGuess && siblings.some((other) => !isAmbiguous(other.document))) return undefined;
  // What may be of another kind gives way to what is of this one, however late it was signed.
  const guesses = ofKind.filter((other) => !siblings.includes(other));
  let replaced: readonly VerifiedDocument[];
  if (!(document instanceof Visa)) replaced = siblings;
  else if (document.isTerminalSigned)
    replaced = siblings.filter((other) => isReplacedBySigned(other.document, document));
  else {
    // Relabelled on its way, it is the same document still: it moves, and nothing stays beside it under its label.
    replaced = siblings.filter((other) => isReplacedByUnsigned(other.document, document));
    const rivals = siblings.filter((other) => other.document.data !== document.data);
    if (rivals.some((other) => signedTime(other.document) >= time)) return undefined;
    if (replaced.some((other) => isSame(other.document, document))) return undefined;
    return limited(known, [...replaced, ...guesses], fresh);
  }
  if (replaced.some((other) => signedTime(other.document) >= time)) return undefined;
  return limited(known, [...replaced, ...guesses], fresh);
}

/**
 * Those of some documents that count. What was kept at the same time, by two tabs or two messages, was decided without
 * knowing of each other; and a store may have lost the change that dropped one.
 */
export function newestOf(documents: readonly VerifiedDocument[]): readonly VerifiedDocument[] {
  if (documents.length < 2) return documents;
  // As if each had come when it was signed.
  const inOrder = [...documents].sort(
    (one, other) =>
      signedTime(one.document) - signedTime(other.document) ||
      Number(isTerminalSigned(one)) - Number(isTerminalSigned(other)),
  );
  let newest: readonly VerifiedDocument[] = [];
  for (const document of inOrder) newest = withDocument(newest, document)?.documents ?? newest;
  return newest.length === documents.length ? documents : documents.filter((document) => newest.includes(document));
}

function isTerminalSigned({ document }: VerifiedDocument): boolean {
  return document instanceof Visa && document.isTerminalSigned;
}

/** A visa that signs its terminal replaces the one of that terminal; one for all terminals, each that signs none. */
function isReplacedBySigned(other: Document, visa: Visa): boolean {
  if (!(other instanceof Visa)) return false;
  const hasSameTerminal = other.terminal === visa.terminal;
  if (other.isTerminalSigned) return hasSameTerminal;
  // What signs no terminal and is newer is another device, or the same with an older client: it stays.
  return (hasSameTerminal || visa.terminal === undefined) && signedTime(other) < signedTime(visa);
}

function isReplacedByUnsigned(other: Document, visa: Visa): boolean {
  if (!(other instanceof Visa) || other.isTerminalSigned) return false;
  return other.terminal === visa.terminal || other.data === visa.data;
}

function isSame(one: Document, other: Document): boolean {
  return one.data === other.data && one.did.terminal === other.did.terminal;
}

function limited(
  known: readonly VerifiedDocument[],
  replaced: readonly VerifiedDocument[],
  fresh: VerifiedDocument,
): DocumentsChange | undefined {
  const [first] = replaced;
  const kept = known.filter((other) => other === first || !replaced.includes(other));
  const documents = first === undefined ? [...kept, fresh] : kept.map((other) => (other === first ? fresh : other));
  if (documents.length <= MAX_DOCUMENTS) return { documents, dropped: replaced };
  const oldest = documents.reduce((one, other) =>
    signedTime(other.document) < signedTime(one.document) ? other : one,
  );
  if (oldest === fresh) return undefined;
  return { documents: documents.filter((other) => other !== oldest), dropped: [...replaced, oldest] };
}

/** `profile` was the name of both before there were two, and old ones have no type at all. */
function kindOf(document: Document): string {
  if (document instanceof Visa) return 'visa';
  return document instanceof Bulletin ? 'bulletin' : document.type;
}

/** What only one of the two kinds has. */
const VISA_PROPERTIES = ['key'];
const BULLETIN_PROPERTIES = ['founder', 'assistants', 'administrators'];

/**
 * A type that is not signed is one of the two that everybody has: of any other, anybody on the way could make as many as
 * there is room for. Old clients sign neither type nor ID, and one key signs for a user and for the groups that the user
 * founded: what such a document has tells which of the two it is.
 * @throws DimError `INPUT_MISSING`, `INPUT_CONFLICT`
 */
function checkKind(document: Document): void {
  if (hasProperty(document, 'type')) return;
  if (!(document instanceof Visa) && !(document instanceof Bulletin))
    throw new DimError('INPUT_MISSING', 'is required where it is neither visa nor bulletin', { path: 'data.type' });
  if (isKindSigned(document)) return;
  const foreign = (document instanceof Visa ? BULLETIN_PROPERTIES : VISA_PROPERTIES).find((name) =>
    hasProperty(document, name),
  );
  if (foreign !== undefined)
    throw new DimError('INPUT_CONFLICT', 'belongs to another kind of document', { path: `data.${foreign}` });
}

/** Whether nothing signed tells a visa from a bulletin of the same key: then it counts beside its like alone. */
function isAmbiguous(document: Document): boolean {
  if (isKindSigned(document)) return false;
  return !(document instanceof Visa ? VISA_PROPERTIES : BULLETIN_PROPERTIES).some((name) =>
    hasProperty(document, name),
  );
}

function isKindSigned(document: Document): boolean {
  return ['type', 'did', 'ID'].some((name) => hasProperty(document, name));
}

/** Null is no value, here as in every field. */
function hasProperty({ properties }: Document, name: string): boolean {
  return optionalFieldOf(properties, name) !== undefined;
}

/** A document without a time is older than any other. */
export function signedTime(document: Document): number {
  return document.time ?? 0;
}

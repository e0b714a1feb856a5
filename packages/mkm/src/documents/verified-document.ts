/** Verified document: what an identity says of itself, where nothing is left to check. */
import { DimError } from '../errors/dim-error.ts';
import type { ID } from '../identity/identifier.ts';
import { hasBrand, notOfThisCopy } from '../wire/other-copies.ts';
import { metaNotVerified, VerifiedMeta } from '../meta/verified-meta.ts';
import { typeName } from '../wire/json-map.ts';
import { Document, isSignedBy } from './document.ts';

/** What only this file has: so nobody else makes one, whatever the types say. */
const VERIFIED = Symbol('verified document');

/** By whose key a document was verified already: it costs a signature. */
const verified = new WeakMap<Document, { readonly owner: VerifiedMeta; readonly answer: VerifiedDocument }>();

/** A document that its owner signed. Only {@link verifyDocument} makes one, and encryption asks for nothing less. */
export class VerifiedDocument<D extends Document = Document> {
  readonly #isVerified = true;
  readonly document: D;

  private constructor(token: symbol, document: D) {
    if (token !== VERIFIED) throw new DimError('USAGE_ARGUMENT', 'a verified document comes from verifyDocument alone');
    this.document = document;
    Object.freeze(this);
  }

  /** What it is to another copy of this package: nothing, where it only has the prototype. */
  protected get '@dim'(): string {
    return #isVerified in this ? 'mkm.VerifiedDocument' : '';
  }

  /** Whose document it is; a visa's may have a terminal. */
  get did(): ID {
    return this.document.did;
  }

  /** Whether a value is one, at run time. */
  static is(value: unknown): value is VerifiedDocument {
    return typeof value === 'object' && value !== null && #isVerified in value && value.#isVerified;
  }

  /** Whether it is one of a class: `Visa`, `Bulletin`. */
  isA<T extends Document>(type: abstract new (...args: never[]) => T): this is VerifiedDocument<T> {
    return this.document instanceof type;
  }

  /** What {@link verifyDocument} gave before, for the same two; undefined where it did not. */
  static known<D extends Document>(document: D, owner: VerifiedMeta): VerifiedDocument<D> | undefined {
    const known = verified.get(document);
    return known?.owner === owner ? (known.answer as VerifiedDocument<D>) : undefined;
  }

  /** See {@link verifyDocument}. */
  static async verify<D extends Document>(document: D, owner: VerifiedMeta): Promise<VerifiedDocument<D> | false> {
    if (!VerifiedMeta.is(owner)) throw metaNotVerified(owner, 'owner');
    checkDocument(document);
    const known = VerifiedDocument.known(document, owner);
    if (known !== undefined) return known;
    if (!owner.id.equals(document.did) || !(await isSignedBy(document, owner.publicKey))) return false;
    const answer = new VerifiedDocument(VERIFIED, document);
    verified.set(document, { owner, answer });
    return answer;
  }
}

/** A plugin may have a class of another copy's documents, but who is encrypted to must be a visa of this one. */
function checkDocument(document: Document): void {
  if (document instanceof Document || (hasBrand(document, 'mkm.Document') && !hasBrand(document, 'mkm.Document.')))
    return;
  const otherwise = `must be a document, not ${typeName(document)}: read it first`;
  throw notOfThisCopy(document, 'mkm.Document', { path: 'document', remedy: 'read', otherwise });
}

/**
 * Whether a document is its owner's: of that ID, and signed by the key of its meta.
 *
 * @param owner the meta of the document's ID; a group's for its bulletin
 * @returns the verified document, or `false`
 * @example
 * ```ts
 * import { verifyDocument, verifyMeta, type Meta, type Visa } from 'mkm';
 *
 * async function nameOf(visa: Visa, meta: Meta): Promise<string | undefined> {
 *   const owner = await verifyMeta(meta, visa.did);
 *   return owner && (await verifyDocument(visa, owner)) ? visa.name : undefined;
 * }
 * ```
 */
export function verifyDocument<D extends Document>(
  document: D,
  owner: VerifiedMeta,
): Promise<VerifiedDocument<D> | false> {
  return VerifiedDocument.verify(document, owner);
}

/** Verified meta: an identity's key, where nothing is left to check. */
import { DimError } from '../errors/dim-error.ts';
import { notAnId, ownId, type ID } from '../identity/identifier.ts';
import { notOfThisCopy } from '../wire/other-copies.ts';
import type { PublicKey } from '../keys/key.ts';
import { equalBytes } from '../wire/equal-bytes.ts';
import { typeName } from '../wire/json-map.ts';
import { Meta } from './meta.ts';

/** What only this file has: so nobody else makes one, whatever the types say. */
const VERIFIED = Symbol('verified meta');

/** The answers that were yes. A meta does not change, and costs a signature and three digests to verify. */
const verified = new WeakMap<Meta, VerifiedMeta>();

/** A meta that is sound and an ID's own. Only {@link verifyMeta} makes one, and trust asks for nothing less. */
export class VerifiedMeta {
  readonly #isVerified = true;
  /** Whose meta it is, without a terminal. */
  readonly id: ID;
  readonly meta: Meta;

  private constructor(token: symbol, id: ID, meta: Meta) {
    if (token !== VERIFIED) throw new DimError('USAGE_ARGUMENT', 'a verified meta comes from verifyMeta alone');
    this.id = id.entity;
    // What was verified stays what it is.
    Object.freeze(meta);
    this.meta = meta;
    Object.freeze(this);
  }

  /** What it is to another copy of this package: nothing, where it only has the prototype. */
  protected get '@dim'(): string {
    return #isVerified in this ? 'mkm.VerifiedMeta' : '';
  }

  /** The identity key. */
  get publicKey(): PublicKey {
    return this.meta.publicKey;
  }

  /** Whether a value is one, at run time. */
  static is(value: unknown): value is VerifiedMeta {
    return typeof value === 'object' && value !== null && #isVerified in value && value.#isVerified;
  }

  /** See {@link verifyMeta}. */
  static async verify(meta: Meta, id: ID): Promise<VerifiedMeta | false> {
    const owner = checkParts(meta, id);
    const known = verified.get(meta);
    if (known?.id.equals(owner) === true) return known;
    if (!meta.matches(owner) || !(await meta.verify())) return false;
    const fresh = new VerifiedMeta(VERIFIED, owner, meta);
    verified.set(meta, fresh);
    return fresh;
  }
}

/** A cast lets anything in. */
function checkParts(meta: Meta, id: ID): ID {
  if (!(meta instanceof Meta))
    throw notOfThisCopy(meta, 'mkm.Meta', {
      path: 'meta',
      remedy: 'read',
      otherwise: `must be a meta, not ${typeName(meta)}: read it first`,
    });
  const owner = ownId(id);
  if (owner === undefined) throw notAnId(id, 'id');
  return owner;
}

/** What is to be said of an argument in place of a {@link VerifiedMeta}. */
export function metaNotVerified(value: unknown, path: string): DimError {
  const otherwise = 'must be a meta that verifyMeta gave';
  return notOfThisCopy(value, 'mkm.VerifiedMeta', { path, remedy: 'verify', otherwise });
}

/**
 * Whether a meta is sound and belongs to an ID. Only then is its key that ID's key.
 *
 * @returns the verified meta, or `false`
 * @throws DimError `USAGE_ARGUMENT` for what is no meta or no ID
 * @example
 * ```ts
 * import { verifyMeta, type ID, type Meta, type PublicKey } from 'mkm';
 *
 * async function keyOf(id: ID, meta: Meta): Promise<PublicKey | undefined> {
 *   const verified = await verifyMeta(meta, id);
 *   return verified ? verified.publicKey : undefined;
 * }
 * ```
 */
export function verifyMeta(meta: Meta, id: ID): Promise<VerifiedMeta | false> {
  return VerifiedMeta.verify(meta, id);
}

/**
 * Whether two metas hold one key, whatever else their maps say, and however it is written: that of an MKM meta is no part
 * of what is signed or hashed, so that anybody on the way can write it in another form. A private key has a public one,
 * too: so the same tells whether it is that of a meta.
 */
export function hasSameKey(one: Pick<Meta, 'publicKey'>, other: Pick<Meta, 'publicKey'>): boolean {
  const [a, b] = [one.publicKey, other.publicKey];
  return a.algorithm === b.algorithm && equalBytes(a.canonical ?? a.data, b.canonical ?? b.data);
}

/**
 * Whether a user founded a group: the key of the group's meta is the user's. A bulletin only claims it.
 *
 * @param group the meta of the group
 * @param founder the meta of the user who is said to be the founder
 * @throws DimError `USAGE_ARGUMENT` for what verifyMeta did not give
 */
export async function isFounder(group: VerifiedMeta, founder: VerifiedMeta): Promise<boolean> {
  for (const [path, meta] of Object.entries({ group, founder }))
    if (!VerifiedMeta.is(meta)) throw metaNotVerified(meta, path);
  if (!group.id.isGroup || !founder.id.isUser) return false;
  if (hasSameKey(group.meta, founder.meta)) return true;
  // One key may be written in two ways.
  return group.meta.isSignedBy(founder.publicKey);
}

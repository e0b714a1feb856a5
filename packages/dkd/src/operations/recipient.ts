/** Recipients: who shall be able to decrypt, and by which key. */
import {
  canEncrypt,
  DEFAULT_LIMITS,
  DimError,
  VerifiedDocument,
  VerifiedMeta,
  Visa,
  type EncryptKey,
  type ID,
} from 'mkm';
import { encodeBase64, encodeUtf8 } from 'mkm/extend';
import { ifReadable } from 'mkm/internal';
import type { HashContext } from '../context/hash-context.ts';
import { keyDigest } from './key-digest.ts';
import { identityNotVerified } from './verify-message.ts';

/** What only this file has: so nobody encrypts to a key that nobody verified. */
const VERIFIED = Symbol('recipient');

/** Those that were made: every message to somebody asks for them. */
const made = new WeakMap<VerifiedMeta | VerifiedDocument, Recipient>();

/** One who shall be able to decrypt, by a key that is the user's own. {@link Recipient.of} makes them. */
export class Recipient {
  readonly #isVerified = true;
  /** The user, with the terminal where the key is that terminal's. */
  readonly id: ID;
  /** The key to encrypt to. */
  readonly key: EncryptKey;
  /** The algorithms that the user's client understands beside those of all clients. */
  readonly algorithms: readonly string[];

  private constructor(token: symbol, id: ID, key: EncryptKey, algorithms: readonly string[]) {
    if (token !== VERIFIED) throw new DimError('USAGE_ARGUMENT', 'a recipient comes from Recipient.of alone');
    this.id = id;
    this.key = key;
    this.algorithms = algorithms;
    Object.freeze(this);
  }

  /** What it is to another copy of this package: nothing, where it only has the prototype. */
  protected get '@dim'(): string {
    return #isVerified in this ? 'dkd.Recipient' : '';
  }

  /** Whether a value is one, at run time. */
  static is(value: unknown): value is Recipient {
    return typeof value === 'object' && value !== null && #isVerified in value && value.#isVerified;
  }

  /**
   * The owner of a visa, at its terminal, by the best key that it offers and that plugins here have; or the owner of a
   * meta whose key encrypts.
   *
   * @returns undefined when there is no key to encrypt to
   * @throws DimError `USAGE_ARGUMENT` for what is not verified
   * @example
   * ```ts
   * import { Recipient, type VerifiedDocument } from 'dkd';
   *
   * function recipientsOf(visas: readonly VerifiedDocument[]): readonly Recipient[] {
   *   return visas.map((visa) => Recipient.of(visa)).filter((recipient) => recipient !== undefined);
   * }
   * ```
   */
  static of(owner: VerifiedMeta | VerifiedDocument): Recipient | undefined {
    const known = made.get(owner);
    if (known !== undefined) return known;
    const recipient = Recipient.#read(owner);
    if (recipient !== undefined) made.set(owner, recipient);
    return recipient;
  }

  static #read(owner: VerifiedMeta | VerifiedDocument): Recipient | undefined {
    if (VerifiedMeta.is(owner)) {
      const { id, publicKey } = owner;
      return canEncrypt(publicKey) ? new Recipient(VERIFIED, id, publicKey, []) : undefined;
    }
    if (!VerifiedDocument.is(owner)) throw identityNotVerified(owner, 'owner');
    if (!(owner.document instanceof Visa)) return undefined;
    const visa = owner.document;
    const key = bestKeyOf(visa);
    return key === undefined ? undefined : new Recipient(VERIFIED, ownerOf(visa), key, algorithmsOf(visa));
  }
}

/**
 * One text for one set of recipients, with their terminals and keys, in whatever order: whether a message key that was
 * made for some is one for others.
 */
export function recipientsDigest(context: HashContext, recipients: readonly Recipient[]): string {
  const [first] = recipients;
  const last = first && lastDigests.get(first);
  if (last?.sha256 === context.sha256 && isSameList(last.recipients, recipients)) return last.digest;
  const lines = recipients.map(({ id, key }) => `${id.entityKey}/${id.terminal ?? ''} ${keyDigest(context, key)}`);
  const digest = encodeBase64(context.sha256(encodeUtf8(lines.sort().join('\n'))));
  if (first !== undefined) lastDigests.set(first, { sha256: context.sha256, recipients: [...recipients], digest });
  return digest;
}

/** By the first recipient: message after message goes to the same ones. */
const lastDigests = new WeakMap<Recipient, LastDigest>();

interface LastDigest {
  readonly sha256: HashContext['sha256'];
  readonly recipients: readonly Recipient[];
  readonly digest: string;
}

function isSameList(some: readonly Recipient[], others: readonly Recipient[]): boolean {
  return some.length === others.length && some.every((recipient, index) => recipient === others[index]);
}

/** The user at the terminal of a visa; where no ID can have such a terminal, the user. */
function ownerOf(visa: Visa): ID {
  const user = visa.did.entity;
  const device = ifReadable(() => (visa.terminal === undefined ? user : user.at(visa.terminal))) ?? user;
  // It names a key in each message to this user, and readers take no longer names.
  return device.toString().length > DEFAULT_LIMITS.idLength ? user : device;
}

/** The first key that the owner offers and we know; where something is wrong with the offer, the one for everybody. */
function bestKeyOf(visa: Visa): EncryptKey | undefined {
  return ifReadable(() => visa.encryptKeys[0]) ?? ifReadable(() => visa.encryptKey);
}

function algorithmsOf(visa: Visa): readonly string[] {
  return ifReadable(() => visa.algorithms) ?? [];
}

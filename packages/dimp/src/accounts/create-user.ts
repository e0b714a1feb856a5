/** A new user: identity key, meta, and a visa for each terminal with a key that others encrypt to. */
import { DimError, EntityType, isDimError, verifyDocument, verifyMeta } from 'dkd';
import { typeName, requireArgument } from 'dkd/extend';
import type { ID, Meta, MessageContext, PrivateKey, TerminalKey, Visa } from 'dkd';
import { checkList } from '../trust/check-options.ts';
import { checkAlgorithms, defaultAlgorithms, issueVisa, requireName, visaIdAt } from './issue-visa.ts';

/** The private keys of a user, by what they are for. */
export interface UserKeys {
  /** Signs messages and documents: the key of the meta. */
  readonly identity: PrivateKey;
  /** Decrypt what comes in: those of the visas, each with its terminal. */
  readonly decrypt: readonly TerminalKey[];
}

/** A user and everything that only the user has. Keep {@link User.keys} secret. */
export interface User {
  readonly id: ID;
  readonly meta: Meta;
  /** One for each terminal; one without a terminal when there are none. */
  readonly visas: readonly Visa[];
  readonly keys: UserKeys;
}

/** How to make a user. */
export interface CreateUserOptions {
  /** The name that people see; not part of the ID. */
  readonly name: string;
  /** The name in the ID. With it the meta is of type MKM, without it of type ETH. */
  readonly seed?: string;
  /** The meta type, where the default will not do. */
  readonly metaType?: string;
  /** The entity type: `EntityType.USER`, if not given. */
  readonly type?: number;
  /** The algorithm of a new identity key: `ECC`, if not given. */
  readonly algorithm?: string;
  /**
   * An identity key that exists: one from recovery words, or of a keystore. Without a `seed` the same key gives the same ID each
   * time; with one it need not, as the signature of the seed is in the address.
   */
  readonly identityKey?: PrivateKey | undefined;
  /** The login points that get a key of their own. */
  readonly terminals?: readonly string[];
  /**
   * The algorithms of the keys that others encrypt to, the best first; the last is for clients that know no other
   * than the `key` of a visa. `['X25519', 'RSA']` where the plugins have both, else `['RSA']`, if not given. An empty
   * list only where the identity key encrypts.
   */
  readonly visaAlgorithms?: readonly string[];
}

/** Makes a user. See `Dim.createUser`. */
export async function createUser(context: MessageContext, options: CreateUserOptions): Promise<User> {
  const { name, seed, terminals = [], type = EntityType.USER } = requireArgument(options, 'options');
  const algorithms = options.visaAlgorithms ?? defaultAlgorithms(context);
  requireName(name);
  checkList(terminals, 'terminals');
  checkList(algorithms, 'visaAlgorithms');
  if (type !== EntityType.USER && seed === undefined && options.metaType === undefined)
    throw new DimError('USAGE_ARGUMENT', 'needs a `seed`: a meta without one, of type ETH, gives users only', {
      path: 'type',
    });
  const identityKey = await identityKeyOf(context, options);
  checkAlgorithms(algorithms, identityKey);
  const meta = await createMeta(context, options, identityKey);
  // As it will be read: a context may give old network bytes another meaning.
  const id = context.ID.parse(meta.id(type).toString());
  if (!id.isUser) throw new DimError('USAGE_ARGUMENT', 'must be a type of users', { path: 'type' });
  if (id.isBroadcast)
    throw new DimError('USAGE_ARGUMENT', 'is a type of broadcast IDs, which nobody encrypts to', { path: 'type' });
  const visaIds = terminals.length === 0 ? [id] : visaIdsAt(id, terminals);
  const issued = await Promise.all(
    visaIds.map(async (did) => issueVisa(context, { did, properties: { name }, identityKey, algorithms })),
  );
  const visas = issued.map(({ visa }) => visa);
  if (options.identityKey !== undefined) await checkSignatures(meta, id, visas);
  return {
    id,
    meta,
    visas,
    keys: { identity: identityKey, decrypt: issued.flatMap(({ keys }) => keys) },
  };
}

async function createMeta(context: MessageContext, options: CreateUserOptions, privateKey: PrivateKey): Promise<Meta> {
  const { seed, metaType = seed === undefined ? 'ETH' : 'MKM' } = options;
  try {
    return await context.Meta.generate({ type: metaType, privateKey, ...(seed !== undefined && { seed }) });
  } catch (error) {
    if (!isDimError(error)) throw error;
    // That a meta of this type cannot have the key is a matter of what was asked for.
    if (error.code === 'INPUT_KEY') {
      const path = options.identityKey === undefined ? 'algorithm' : 'identityKey';
      throw new DimError('USAGE_ARGUMENT', error.reason, { path, cause: error });
    }
    // Here the option has another name.
    if (error.path !== 'type') throw error;
    throw new DimError(error.code, error.reason, { path: 'metaType', cause: error });
  }
}

async function identityKeyOf(context: MessageContext, options: CreateUserOptions): Promise<PrivateKey> {
  const { identityKey, algorithm = identityKey?.algorithm ?? 'ECC' } = options;
  if (identityKey === undefined) return context.PrivateKey.generate(algorithm);
  // A cast lets maps in; and a key of a keystore is any object that does what keys do.
  if (typeof identityKey?.sign !== 'function' || typeof identityKey.publicKey?.verify !== 'function')
    throw new DimError('USAGE_ARGUMENT', `must be a private key, not ${typeName(identityKey)}: read it first`, {
      path: 'identityKey',
    });
  if (algorithm !== identityKey.algorithm)
    throw new DimError('USAGE_ARGUMENT', 'is for new keys: that of the identityKey is another', { path: 'algorithm' });
  return identityKey;
}

/** A keystore may give the public key of another: then nobody would believe the user a word. */
async function checkSignatures(meta: Meta, id: ID, visas: readonly Visa[]): Promise<void> {
  const owner = await verifyMeta(meta, id);
  const [visa] = visas;
  if (owner && visa !== undefined && (await verifyDocument(visa, owner))) return;
  throw new DimError('USAGE_ARGUMENT', 'does not sign for its public key', { path: 'identityKey' });
}

function visaIdsAt(id: ID, terminals: readonly string[]): readonly ID[] {
  return terminals.map((terminal, index) => {
    const path = `terminals[${index}]`;
    if (terminals.indexOf(terminal) !== index)
      throw new DimError('USAGE_ARGUMENT', 'is there twice: each terminal has one visa', { path });
    return visaIdAt(id, terminal, path);
  });
}

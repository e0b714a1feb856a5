/** A new user: identity key, meta, and a visa for each terminal with a key that others encrypt to. */
import { canEncrypt, DimError, EntityType, isDimError } from 'dkd';
import { checkArguments, typeName, requireArgument, within } from 'dkd/extend';
import type { DecryptKey, ID, Meta, MessageContext, PrivateKey, TerminalKey, Visa } from 'dkd';
import { checkList } from '../trust/check-options.ts';

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
  /** The algorithm of the identity key: `ECC`, if not given. */
  readonly algorithm?: string;
  /** The login points that get a key of their own. */
  readonly terminals?: readonly string[];
  /**
   * The algorithms of the keys that others encrypt to, the best first; the last is for clients that know no other
   * than the `key` of a visa. `['X25519', 'RSA']` where the plugins have both, else `['RSA']`, if not given. An empty
   * list only where the identity key encrypts.
   */
  readonly visaAlgorithms?: readonly string[];
}

/** The algorithm of visa keys that every client of the family encrypts to. */
const VISA_ALGORITHM = 'RSA';

/** The one beside it, for those who know it. */
const BETTER_VISA_ALGORITHM = 'X25519';

/** What no visa needs to say, as every client of the family understands it. */
const COMMON_ALGORITHMS: ReadonlySet<string> = new Set(['RSA', 'ECC', 'AES', 'PLAIN']);

/** Makes a user. See `Dim.createUser`. */
export async function createUser(context: MessageContext, options: CreateUserOptions): Promise<User> {
  const { name, seed, terminals = [], type = EntityType.USER } = requireArgument(options, 'options');
  const algorithms = options.visaAlgorithms ?? defaultAlgorithms(context);
  if (typeof requireArgument(name, 'name') !== 'string')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(name)}`, { path: 'name' });
  checkList(terminals, 'terminals');
  checkList(algorithms, 'visaAlgorithms');
  if (type !== EntityType.USER && seed === undefined && options.metaType === undefined)
    throw new DimError('USAGE_ARGUMENT', 'needs a `seed`: a meta without one, of type ETH, gives users only', {
      path: 'type',
    });
  const identityKey = await context.PrivateKey.generate(options.algorithm ?? 'ECC');
  if (algorithms.length === 0 && !canEncrypt(identityKey.publicKey))
    throw new DimError('USAGE_ARGUMENT', 'must not be empty: nobody could write to the user', {
      path: 'visaAlgorithms',
    });
  const meta = await createMeta(context, options, identityKey);
  // As it will be read: a context may give old network bytes another meaning.
  const id = context.ID.parse(meta.id(type).toString());
  if (!id.isUser) throw new DimError('USAGE_ARGUMENT', 'must be a type of users', { path: 'type' });
  if (id.isBroadcast)
    throw new DimError('USAGE_ARGUMENT', 'is a type of broadcast IDs, which nobody encrypts to', { path: 'type' });
  const visaIds = terminals.length === 0 ? [id] : visaIdsAt(id, terminals);
  const issued = await Promise.all(
    visaIds.map(async (did) => issueVisa(context, { did, name, identityKey, algorithms })),
  );
  return {
    id,
    meta,
    visas: issued.map(({ visa }) => visa),
    keys: { identity: identityKey, decrypt: issued.flatMap(({ keys }) => keys) },
  };
}

async function createMeta(context: MessageContext, options: CreateUserOptions, privateKey: PrivateKey): Promise<Meta> {
  const { seed, metaType = seed === undefined ? 'ETH' : 'MKM' } = options;
  try {
    return await context.Meta.generate({ type: metaType, privateKey, ...(seed !== undefined && { seed }) });
  } catch (error) {
    if (!isDimError(error)) throw error;
    // The key is new: that a meta of this type cannot have it is a matter of what was asked for.
    if (error.code === 'INPUT_KEY')
      throw new DimError('USAGE_ARGUMENT', error.reason, { path: 'algorithm', cause: error });
    // Here the option has another name.
    if (error.path !== 'type') throw error;
    throw new DimError(error.code, error.reason, { path: 'metaType', cause: error });
  }
}

function visaIdsAt(id: ID, terminals: readonly string[]): readonly ID[] {
  return terminals.map((terminal, index) => {
    const path = `terminals[${index}]`;
    if (terminals.indexOf(terminal) !== index)
      throw new DimError('USAGE_ARGUMENT', 'is there twice: each terminal has one visa', { path });
    if (terminal === '*')
      throw new DimError('USAGE_ARGUMENT', 'stands for all terminals: give none for one visa that is for all', {
        path,
      });
    return checkArguments(() => within(path, () => id.at(terminal)));
  });
}

/** RSA in any case: without it, nobody of today's clients could write to the user. */
function defaultAlgorithms(context: MessageContext): readonly string[] {
  return context.algorithms.includes(BETTER_VISA_ALGORITHM)
    ? [BETTER_VISA_ALGORITHM, VISA_ALGORITHM]
    : [VISA_ALGORITHM];
}

/** What a visa is issued for. */
interface VisaOptions {
  readonly did: ID;
  readonly name: string;
  readonly identityKey: PrivateKey;
  readonly algorithms: readonly string[];
}

async function issueVisa(
  context: MessageContext,
  { did, name, identityKey, algorithms }: VisaOptions,
): Promise<{ readonly visa: Visa; readonly keys: readonly TerminalKey[] }> {
  const keys = await Promise.all(algorithms.map(async (algorithm) => context.DecryptKey.generate(algorithm)));
  const [common, better] = [keys.at(-1), keys.slice(0, -1)];
  const understood = context.algorithms.filter((algorithm) => !COMMON_ALGORITHMS.has(algorithm));
  const properties = {
    name,
    key: common?.encryptKey,
    ...(better.length > 0 && { keys: better.map(({ encryptKey }) => encryptKey) }),
    ...(understood.length > 0 && { algorithms: understood }),
  };
  const visa = await context.Document.create({ type: 'visa', did, properties }).sign(identityKey);
  // The key of all clients first: whether another key's message is for it shows without any work.
  const all: readonly DecryptKey[] = common === undefined ? [] : [common, ...better];
  return { visa, keys: all.map((key) => ({ terminal: did.terminal, key })) };
}

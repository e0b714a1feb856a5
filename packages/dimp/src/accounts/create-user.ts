/** A new user: identity key, meta, and a visa for each terminal with a key that others encrypt to. */
import { EntityType, type ID, type Meta, type MessageContext, type PrivateKey, type Visa } from 'dkd';

/** A user and everything that only the user has. Keep {@link User.privateKeys} secret. */
export interface User {
  readonly id: ID;
  readonly meta: Meta;
  /** One for each terminal; one without a terminal when there are none. */
  readonly visas: readonly Visa[];
  /** The identity key first, then the keys of the visas. */
  readonly privateKeys: readonly [PrivateKey, ...PrivateKey[]];
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
}

/** The algorithm of visa keys: the one that every client of the family decrypts. */
const VISA_ALGORITHM = 'RSA';

/** Makes a user. See `Dim.createUser`. */
export async function createUser(context: MessageContext, options: CreateUserOptions): Promise<User> {
  const { name, seed, terminals = [] } = options;
  const identityKey = await context.PrivateKey.generate(options.algorithm ?? 'ECC');
  const meta = await context.Meta.generate({
    type: options.metaType ?? (seed === undefined ? 'ETH' : 'MKM'),
    privateKey: identityKey,
    ...(seed !== undefined && { seed }),
  });
  const id = meta.id(options.type ?? EntityType.USER);
  const owners = terminals.length === 0 ? [id] : terminals.map((terminal) => id.at(terminal));
  const issued = await Promise.all(owners.map((did) => issueVisa(context, did, name, identityKey)));
  return {
    id,
    meta,
    visas: issued.map(({ visa }) => visa),
    privateKeys: [identityKey, ...issued.map(({ key }) => key)],
  };
}

async function issueVisa(
  context: MessageContext,
  did: ID,
  name: string,
  identityKey: PrivateKey,
): Promise<{ visa: Visa; key: PrivateKey }> {
  const key = await context.PrivateKey.generate(VISA_ALGORITHM);
  const properties = { name, key: key.publicKey };
  return { key, visa: await context.Document.create({ type: 'visa', did, properties }).sign(identityKey) };
}

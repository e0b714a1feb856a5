/** The one place where an application chooses what it understands. */
import {
  createMessageContext,
  type ID,
  type IdentityContextOptions,
  type MessageContext,
  type Plugin,
  type UnknownContent,
} from 'dkd';
import { requireArgument } from 'dkd/extend';
import { checkPlugins } from 'dkd/internal';
import { createDevice, type CreateDeviceOptions } from '../accounts/create-device.ts';
import { createGroup, type CreateGroupOptions, type Group } from '../accounts/create-group.ts';
import { createUser, type CreateUserOptions, type User } from '../accounts/create-user.ts';
import { addContact, addGroup, addUser, forget, setMembers, type Contact } from '../accounts/add-identity.ts';
import type { Store } from '../memory/change.ts';
import { dimpDefinitions, namedContentsPlugin, type DefinedContent, type UnknownKinds } from './dimp-definitions.ts';
import { Messenger, type MessengerOptions } from '../messaging/messenger.ts';
import { checkWireShape, type WireShape } from '../wire-shapes/wire-shape.ts';

/** The contents that a context with the plugins `P` knows. */
export type DimContent<P extends readonly Plugin[]> =
  | DefinedContent<readonly [typeof dimpDefinitions, ...P]>
  | UnknownKinds
  | UnknownContent;

/** How to make a context of the whole protocol. */
export interface DimOptions<P extends readonly Plugin[] = readonly Plugin[]> extends IdentityContextOptions<P> {
  /**
   * In which shapes messages are written; `2.4`, if not given. With `deployed`, network bytes of before version 1 are
   * read by their old meaning, unless `legacyNetworks` says otherwise.
   */
  readonly wireShape?: WireShape;
}

/** A context of the whole protocol: the codecs of all layers, and what applications do with them. Frozen. */
export interface Dim<P extends readonly Plugin[] = readonly Plugin[]> extends MessageContext<DimContent<P>> {
  /** Packs and unpacks messages for a local user. @throws DimError `USAGE_ARGUMENT` */
  messenger(options: MessengerOptions): Messenger<DimContent<P>>;
  /** Makes a user with new keys, or with an identity key that exists. @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_…` */
  createUser(options: CreateUserOptions): Promise<User>;
  /**
   * Makes one more device of a user, or new keys for one: a visa for its terminal, with keys that no other device has. Keep the
   * user that it gives with `addUser`, and show the visa to others: from then on they write to this device, too.
   * @returns the user with the visa and the keys, and all that it had
   * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_…`, `CRYPTO_VERIFY` where meta, ID and identity key do not belong together
   * @example
   * ```ts
   * import type { Dim, Store, User } from 'dimp';
   *
   * async function useHere(dim: Dim, store: Store, user: User): Promise<void> {
   *   await dim.addUser(store, await dim.createDevice({ user, terminal: 'desktop' }));
   * }
   * ```
   */
  createDevice(options: CreateDeviceOptions): Promise<User>;
  /** Makes a group, signed by its founder. @throws DimError `USAGE_ARGUMENT` */
  createGroup(options: CreateGroupOptions): Promise<Group>;
  /**
   * Keeps a user of this device in a store, with the private keys.
   * @throws DimError `USAGE_ARGUMENT`, `CRYPTO_VERIFY` (at `keys.identity` for the key of another), `CRYPTO_META_CHANGED`
   */
  addUser(store: Store, user: User): Promise<void>;
  /**
   * Keeps what everybody may know of a user. The first meta of an ID is pinned.
   * @throws DimError `USAGE_ARGUMENT`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`; `INPUT_…` at `visas[0]` and so on, for one that
   * is of another, of the future, or too long
   */
  addContact(store: Store, contact: Contact): Promise<void>;
  /** Keeps a group and its members. @throws DimError `USAGE_ARGUMENT`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`, `INPUT_…` */
  addGroup(store: Store, group: Group): Promise<void>;
  /** Sets the members of a group: users, each once. @throws DimError `USAGE_ARGUMENT` */
  setMembers(store: Store, group: ID, members: readonly ID[]): Promise<void>;
  /**
   * Forgets the meta, the documents and the message keys of an ID. The next meta is pinned anew: only for a user who was
   * shown the alarm and has checked the new key by other means.
   */
  forget(store: Store, id: ID): Promise<void>;
  /** A new context with more plugins; this one stays as it is. @throws DimError `USAGE_DUPLICATE` */
  extend<const Q extends readonly Plugin[]>(...plugins: Q): Dim<readonly [...P, ...Q]>;
}

/**
 * A context of the whole protocol.
 *
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * export const dim = createDim({ plugins: [standardPlugin()] });
 * export const { ID, Meta, Document, PrivateKey, Content, ReliableMessage } = dim;
 * ```
 * New envelopes, messages and contents are made by the classes of the package, as with `Envelope.create`: the codecs
 * `dim.Envelope` and `dim.InstantMessage` read only.
 * @throws DimError `USAGE_DUPLICATE` when two plugins define the same, or contents of the same kind; `USAGE_ARGUMENT` for
 * what is no plugin, no limit, or no wireShape
 */
export function createDim<const P extends readonly Plugin[]>(options: DimOptions<P>): Dim<P> {
  checkPlugins(options);
  const { wireShape = '2.4' } = options;
  checkWireShape(wireShape);
  const named = namedContentsPlugin([dimpDefinitions, ...options.plugins]);
  // Which contents come out is told by the plugins' types, which a list made at run time does not show.
  const context = createMessageContext({
    ...options,
    legacyNetworks: options.legacyNetworks ?? wireShape === 'deployed',
    plugins: [dimpDefinitions, named, ...options.plugins],
  }) as MessageContext<DimContent<P>>;
  return Object.freeze<Dim<P>>({
    ...context,
    messenger: (given) =>
      new Messenger(context, { ...requireArgument(given, 'options'), wireShape: given.wireShape ?? wireShape }),
    createUser: (userOptions) => createUser(context, userOptions),
    createDevice: (deviceOptions) => createDevice(context, deviceOptions),
    createGroup: (groupOptions) => createGroup(context, groupOptions),
    addUser: (store, user) => addUser(context, store, user),
    addContact: (store, contact) => addContact(context, store, contact),
    addGroup: (store, group) => addGroup(context, store, group),
    setMembers,
    forget,
    extend: (...more) => createDim({ ...options, plugins: [...options.plugins, ...more] as const }),
  });
}

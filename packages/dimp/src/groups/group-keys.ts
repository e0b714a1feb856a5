/**
 * Group keys: how the message keys of a group get to its members, by way of the group's assistant.
 *
 * `{ "type": "204", "sn", "time", "group": ID, "app": "chat.dim.group", "mod": "keys", "act", "from": ID, … }`
 * 1. `act: "query"`, assistant to sender: `to`?: [ID], `digest`?
 * 2. `act: "update"`, sender to assistant: `keys`: { ID: base64, …, "digest"? }
 * 3. `act: "request"`, member to assistant: `digest`?
 * 4. `act: "respond"`, assistant to member: `keys`, as in 2.
 */
import {
  DimError,
  TransportableData,
  type ContentReaders,
  type CreateContentOptions,
  type ID,
  type JsonMap,
  type JsonValue,
} from 'dkd';
import {
  checkArguments,
  encodeBase64,
  optionalMapOf,
  optionalTextOf,
  optionalOf,
  requireArgument,
  within,
} from 'dkd/extend';
import {
  createCustomized,
  CustomizedContent,
  defineCustomized,
  ModuleContent,
  type CustomizedDefinition,
  type CustomizedInit,
} from '../contents/customized.ts';
import { optionalItemsOf } from '../fields/items.ts';
import { GROUP_APP, readGroupModuleInit, type GroupModuleInit } from './group-history.ts';

const MOD = 'keys';
const ACTS = ['query', 'update', 'request', 'respond'] as const;

/** What is done with the keys of a group. */
export type GroupKeysAct = (typeof ACTS)[number];

/** The message key, encrypted for one member. */
export interface GroupMemberKey {
  /** The member, with the terminal if it is for one of several. */
  readonly member: ID;
  /** The encrypted key. */
  readonly data: Uint8Array;
}

interface GroupKeysParts {
  readonly from?: ID | undefined;
  readonly to?: readonly ID[] | undefined;
  readonly digest?: string | undefined;
  readonly keys?: readonly GroupMemberKey[] | undefined;
}

/** Asks for the message keys of a group, or brings them. */
export class GroupKeysContent extends ModuleContent {
  readonly kind = 'group-keys';
  declare readonly act: GroupKeysAct;
  declare readonly group: ID;
  /** Whose messages the keys are for: their sender. Undefined when the content does not say. */
  readonly from: ID | undefined;
  /** The members that a query is about; empty when it names none. */
  readonly to: readonly ID[];
  /** A short text that tells one key from the next; undefined when there is none. */
  readonly digest: string | undefined;
  /** The key, encrypted for each member; empty in a query or request. */
  readonly keys: readonly GroupMemberKey[];

  constructor(init: GroupModuleInit<GroupKeysAct>, parts: GroupKeysParts) {
    super(init);
    this.from = parts.from;
    this.to = parts.to ?? NONE;
    this.digest = parts.digest;
    this.keys = parts.keys ?? NONE;
  }

  /**
   * From a group's assistant to a sender: asks for the keys of new members, or of all.
   *
   * @example
   * ```ts
   * import { ANYONE, EVERYONE, GroupKeysContent } from 'dimp';
   *
   * GroupKeysContent.query(EVERYONE, { from: ANYONE, to: [ANYONE] }).act; // query
   * ```
   * @throws DimError `USAGE_ARGUMENT` when `group` is no group, or someone else is one
   */
  static query(group: ID, options: GroupKeysQueryOptions): GroupKeysContent {
    return create('query', group, options);
  }

  /**
   * From a sender to the group's assistant: the keys for all members.
   * @throws DimError `USAGE_ARGUMENT` when `group` is no group, or someone else is one; without keys
   */
  static update(group: ID, options: GroupKeysUpdateOptions): GroupKeysContent {
    return create('update', group, options);
  }

  /**
   * From a member to the group's assistant: asks for the key that a sender made.
   * @throws DimError `USAGE_ARGUMENT` when `group` is no group, or someone else is one
   */
  static request(group: ID, options: GroupKeysRequestOptions): GroupKeysContent {
    return create('request', group, options);
  }

  /**
   * From the group's assistant to a member: the key that was asked for.
   * @throws DimError `USAGE_ARGUMENT` when `group` is no group, or someone else is one; without keys
   */
  static respond(group: ID, options: GroupKeysUpdateOptions): GroupKeysContent {
    return create('respond', group, options);
  }
}

/** Options of a new request for a key. */
export interface GroupKeysRequestOptions extends Omit<CreateContentOptions, 'group'> {
  /** The sender who made the keys. */
  readonly from: ID;
  /** Which key. */
  readonly digest?: string;
}

/** Options of a new query for keys. */
export interface GroupKeysQueryOptions extends GroupKeysRequestOptions {
  /** The members whose keys are wanted. */
  readonly to?: readonly ID[];
}

/** Options of a new content that brings keys. */
export interface GroupKeysUpdateOptions extends GroupKeysRequestOptions {
  readonly keys: readonly GroupMemberKey[];
}

/** Reads contents about the keys of a group; of another action, a customized content. */
export const groupKeysDefinition: CustomizedDefinition<GroupKeysContent | CustomizedContent> =
  /* @__PURE__ */ defineCustomized<GroupKeysContent | CustomizedContent>({
    app: GROUP_APP,
    mod: MOD,
    kind: 'group-keys',
    read(init, readers) {
      const act = ACTS.find((known) => known === init.act);
      return act === undefined ? new CustomizedContent(init) : readAct(act, init, readers);
    },
  });

function readAct(act: GroupKeysAct, init: CustomizedInit, readers: ContentReaders): GroupKeysContent {
  return new GroupKeysContent({ ...readGroupModuleInit(init), act }, readParts(act, init.fields, readers));
}

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

function create(act: GroupKeysAct, group: ID, options: GroupKeysParts & GroupKeysRequestOptions): GroupKeysContent {
  return checkArguments(() => {
    const { from, to, digest, keys, ...common } = options;
    if (keys?.length === 0) throw new DimError('USAGE_ARGUMENT', 'must not be empty', { path: 'keys' });
    const definition = {
      app: GROUP_APP,
      mod: MOD,
      read: (init: CustomizedInit, readers: ContentReaders) => readAct(act, init, readers),
    };
    // Where there are keys, the digest is among them.
    const own = keys === undefined ? { from, to, digest } : { from, to, keys: writeKeys(keys, digest) };
    requireArgument(from, 'from');
    return createCustomized(definition, act, own, { ...common, group });
  });
}

function writeKeys(keys: readonly GroupMemberKey[], digest: string | undefined): ReadonlyMap<ID | string, string> {
  const written = new Map<ID | string, string>();
  for (const [index, { member, data }] of keys.entries()) {
    written.set(
      member,
      within(`keys[${index}].data`, () => encodeBase64(data)),
    );
  }
  return digest === undefined ? written : written.set('digest', digest);
}

function readParts(act: GroupKeysAct, fields: JsonMap, readers: ContentReaders): GroupKeysParts {
  const keys = optionalMapOf(fields, 'keys');
  if (keys === undefined && (act === 'update' || act === 'respond')) {
    throw new DimError('INPUT_MISSING', `is required in the action ${act}`, { path: 'keys' });
  }
  return {
    // Not required: one client asks for a group's history under this module's name, without any sender.
    from: optionalOf(fields, 'from', (id) => readUser(id, readers)),
    to: optionalItemsOf(fields, 'to', (item) => readUser(item, readers)),
    digest: readDigest(fields, keys),
    keys: keys && readKeys(keys, readers),
  };
}

function readUser(input: JsonValue, readers: ContentReaders): ID {
  const user = readers.readId(input);
  if (user.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a user');
  return user;
}

function readDigest(fields: JsonMap, keys: JsonMap | undefined): string | undefined {
  const inner = keys && within('keys', () => optionalTextOf(keys, 'digest'));
  const outer = optionalTextOf(fields, 'digest');
  if (inner !== undefined && outer !== undefined && inner !== outer) {
    throw new DimError('INPUT_CONFLICT', 'differs from keys.digest', { path: 'digest' });
  }
  return inner ?? outer;
}

function readKeys(keys: JsonMap, readers: ContentReaders): readonly GroupMemberKey[] {
  const entries = Object.entries(keys).filter(([name]) => name !== 'digest');
  return Object.freeze(
    entries.map(([name, value]) =>
      within(`keys.${name}`, () =>
        Object.freeze({ member: readUser(name, readers), data: TransportableData.parse(value, readers).bytes }),
      ),
    ),
  );
}

/** Splitting a message to a group: one part for each member, as a bot of the group sends them on. */
import { DimError, type ID } from 'mkm';
import { changeFields, checkArguments, typeName, within } from 'mkm/extend';
import { hasBrand, notAnId, ownId } from 'mkm/internal';
import { Envelope } from '../messages/envelope.ts';
import type { MessageContext } from '../context/message-context.ts';
import { MADE_HERE } from '../messages/made-here.ts';
import { ReliableMessage } from '../messages/reliable-message.ts';
import { partsOf } from '../messages/secure-message.ts';

/** How to split. */
export interface SplitOptions {
  /** Whether stations on the way may see which group it is for; they may, if not given. */
  readonly exposeGroup?: boolean;
}

/** What one member gets of a message. */
export interface MessagePart {
  readonly member: ID;
  /** Undefined where the message brings keys, and none for this member. */
  readonly message: ReliableMessage | undefined;
}

/**
 * The parts of a group's message: each addressed to one member, with no keys but the member's. Data, signature and
 * envelope proof stay as they are, so that whoever splits needs no key and can change nothing.
 *
 * @param message a message whose receiver is a group
 * @returns a part for each of `members`, in their order
 * @throws DimError `USAGE_ARGUMENT` for what is no message or no list of IDs, a message to anybody else, or a member that
 * is no user
 * @example
 * ```ts
 * import { splitMessage, type ID, type MessageContext, type ReliableMessage } from 'dkd';
 *
 * function packagesOf(context: MessageContext, message: ReliableMessage, members: readonly ID[]) {
 *   return splitMessage(context, message, members).map((part) => part.message?.encode());
 * }
 * ```
 */
export function splitMessage(
  context: MessageContext,
  message: ReliableMessage,
  members: readonly ID[],
  options: SplitOptions = {},
): readonly MessagePart[] {
  return split(context, readParts(context, message, members), options);
}

function split(
  context: MessageContext,
  { message, members }: { readonly message: ReliableMessage; readonly members: readonly ID[] },
  options: SplitOptions,
): readonly MessagePart[] {
  const { receiver } = message;
  if (!receiver.isGroup || message.envelope.isBroadcast)
    throw new DimError('USAGE_ARGUMENT', 'only a message to a group can be split', { path: 'receiver' });
  const group = options.exposeGroup === false ? undefined : receiver;
  const keysOf = keysByMember(context, message, members);
  return members.map((member, index) => {
    if (!member.isUser || member.isBroadcast)
      throw new DimError('USAGE_ARGUMENT', 'must be a user', { path: `members[${index}]` });
    const keys = keysOf.get(member.entityKey);
    if (keys === undefined && message.hasKey) return { member, message: undefined };
    return { member, message: partOf(message, member.entity, group, keys ?? new Map()) };
  });
}

/** A cast lets anything in; and what is of another copy of this package is read anew. */
function readParts(
  context: MessageContext,
  message: ReliableMessage,
  members: readonly ID[],
): { readonly message: ReliableMessage; readonly members: readonly ID[] } {
  if (!(message instanceof ReliableMessage) && !hasBrand(message, 'dkd.SecureMessage.ReliableMessage'))
    throw new DimError('USAGE_ARGUMENT', `must be a ReliableMessage, not ${typeName(message)}`, { path: 'message' });
  if (!Array.isArray(members))
    throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(members)}`, { path: 'members' });
  return {
    message: checkArguments(() => within('message', () => context.ReliableMessage.parse(message))),
    members: members.map((member: unknown, index) => {
      const id = ownId(member);
      if (id === undefined) throw notAnId(member, `members[${index}]`);
      return id;
    }),
  };
}

/** An address may be written all lower, all upper, or in mixed case, beside the spelling that we have. */
const MAX_SPELLINGS = 3;

/** The sender writes as many names as it likes: only what may be a member's is read, and each spelling once. */
function keysByMember(
  context: MessageContext,
  { keys }: ReliableMessage,
  members: readonly ID[],
): ReadonlyMap<string, Map<string, string>> {
  const entityKeys = new Map(members.map((member) => [member.entity.toString(), member.entityKey]));
  const spellings = new Map(members.map((member) => [nameAndAddress(member.entity.toString()), MAX_SPELLINGS]));
  const entityKeyOf = (entity: string): string | undefined => {
    const known = entityKeys.get(entity);
    if (known !== undefined) return known;
    const left = spellings.get(nameAndAddress(entity)) ?? 0;
    if (left === 0) return undefined;
    spellings.set(nameAndAddress(entity), left - 1);
    const id = context.ID.tryParse(entity);
    if (id !== undefined) entityKeys.set(entity, id.entityKey);
    return id?.entityKey;
  };
  const found = new Map<string, Map<string, string>>();
  for (const [name, text] of keys) {
    const [entity = ''] = name.split('/', 1);
    const entityKey = entityKeyOf(entity);
    if (entityKey === undefined) continue;
    const own = found.get(entityKey) ?? new Map<string, string>();
    found.set(entityKey, own.set(name, text));
  }
  return found;
}

/** The text of an ID with its address in lower case, as all spellings of one have it. */
function nameAndAddress(entity: string): string {
  const start = entity.indexOf('@') + 1;
  return entity.slice(0, start) + entity.slice(start).toLowerCase();
}

function partOf(
  message: ReliableMessage,
  receiver: ID,
  group: ID | undefined,
  keys: ReadonlyMap<string, string>,
): ReliableMessage {
  const { sender, time, type, keyDigest, envelopeProof } = message;
  const entries = keyDigest === undefined ? [...keys] : [...keys, ['digest', keyDigest] as const];
  const fields = changeFields(message.fields, {
    receiver: receiver.toString(),
    group: group?.toString(),
    keys: entries.length === 0 ? undefined : Object.freeze(Object.fromEntries(entries)),
    key: undefined,
  });
  const envelope = new Envelope(MADE_HERE, fields, { sender, receiver, time, group, type });
  const parts = { ...partsOf(message), envelope, keys, key: undefined };
  return new ReliableMessage(MADE_HERE, fields, parts, envelopeProof);
}

/** Who gets which part of a message to a group now, and who has to wait, and for what. */
import { Recipient, splitMessage, Visa, type ID, type Missing, type ReliableMessage } from 'dimp';
import { knownDocuments, knownMeta } from 'dimp/internal';
import type { GroupState } from 'dimsdk';
import type { AssistantContext } from './assistant-context.ts';
import type { HeldMessage } from './held-messages.ts';

/** What becomes of a message now. */
export interface Split {
  /** Parts that can go out. */
  readonly parts: readonly { readonly member: ID; readonly message: ReliableMessage }[];
  /** Who waits. */
  readonly pending: readonly ID[];
  /** Those of them for whom the sender has given no key. */
  readonly withoutKey: readonly ID[];
  /** What is to be asked for. */
  readonly wants: readonly Missing[];
  /** How many it is for. */
  readonly total: number;
}

/** More than a sender who knows newer members names. */
const MAX_NAMED = 64;

/**
 * Splits a message for those who wait for it; for all members, where nobody was sent it.
 * @param message with all keys of the sender's that are known
 */
export async function splitHeld(
  context: AssistantContext,
  held: HeldMessage,
  message: ReliableMessage,
  state: GroupState,
): Promise<Split> {
  const { dim } = context;
  const others = state.members.filter((member) => !member.equals(held.sender));
  // Whom the sender writes to may have become a member, and the assistant not know it yet.
  const receivers = held.pending ?? [...others, ...namedStrangers(context, message, state)];
  const isMember = (id: ID): boolean => others.some((member) => member.equals(id));
  const members = receivers.filter(isMember);
  const pending = receivers.filter((id) => !isMember(id));
  const parts: Split['parts'][number][] = [];
  const withoutKey: ID[] = [];
  const wants: Missing[] = [];
  const isAsked = message.keyDigest !== undefined;
  const hasKeys = message.hasKey || !isAsked;
  for (const { member, message: part } of splitMessage(dim, message, members)) {
    if (part === undefined || !hasKeys) {
      // Of a key that has no name nobody can ask for more.
      if (isAsked) {
        withoutKey.push(member);
        pending.push(member);
      }
    } else if (await canReach(context, member)) parts.push({ member, message: part });
    else {
      pending.push(member);
      wants.push({ what: 'meta', id: member }, { what: 'visa', id: member });
    }
  }
  return { parts, pending, withoutKey, wants, total: receivers.length };
}

function namedStrangers(
  { dim, self }: AssistantContext,
  { keys }: ReliableMessage,
  { members }: GroupState,
): readonly ID[] {
  const known = new Set([self, ...members].map(({ entityKey }) => entityKey));
  const texts = new Set(members.map(String));
  const named = new Map<string, ID>();
  let tries = 0;
  for (const name of keys.keys()) {
    const [entity = ''] = name.split('/', 1);
    if (texts.has(entity)) continue;
    tries += 1;
    if (tries > MAX_NAMED) break;
    const id = dim.ID.tryParse(entity);
    if (id?.isUser === true && !id.isBroadcast && !known.has(id.entityKey)) named.set(id.entityKey, id);
  }
  return [...named.values()];
}

/** Whether something can be encrypted to a user. */
async function canReach({ dim, store }: AssistantContext, user: ID): Promise<boolean> {
  const known = await knownMeta(dim, store, user);
  if (known === undefined) return false;
  if (Recipient.of(known.meta) !== undefined) return true;
  const documents = await knownDocuments(dim, store, known);
  return documents.some((verified) => verified.document instanceof Visa && Recipient.of(verified) !== undefined);
}

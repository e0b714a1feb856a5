/**
 * Keys of a group that are asked for, or come. This is a person's client, and no bot that distributes keys: it answers for
 * its own keys alone, and not at all where it is a bot of the group.
 */
import { optionalTimeOf } from 'dimp/extend';
import { GroupKeysContent, type ID } from 'dimp';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import type { GroupBook } from './group-book.ts';
import type { GroupContext } from './group-context.ts';
import { receiptFor, receiptTexts } from './group-receipts.ts';
import { roleOf, type GroupState } from './group-state.ts';
import { encryptKeyFor, ownGroupKey, takeGroupKey } from './message-keys.ts';
import { permissionOf, type GroupRole } from './permissions.ts';
import { answerQuery } from './query-handlers.ts';

/** Handles the contents that ask for message keys of a group, and bring them. */
export function keysHandler(context: GroupContext, book: GroupBook): HandlerDefinition<GroupKeysContent> {
  return {
    defines: 'handler',
    kind: 'group-keys',
    isExclusive: true,
    handle: async (received) => answerKeys(context, book, received),
  };
}

async function answerKeys(
  context: GroupContext,
  book: GroupBook,
  received: Received<GroupKeysContent>,
): Promise<Reaction | undefined> {
  const { dim, self } = context;
  const { content, sender } = received;
  const { group, act, from, type } = content;
  // One client asks for the history of a group by the name of this module.
  if (act === 'query' && from === undefined)
    return answerQuery(context, book, received, { group, lastTime: optionalTimeOf(content.fields, 'last_time') });
  const state = await book.state(group);
  if (state === undefined) return { replies: receiptFor(dim, self, received, receiptTexts.empty(group)) };
  // A bot of the group has keys of others, and a handler of its own that answers.
  if (roleOf(state, self) === 'assistant') return undefined;
  const role = roleOf(state, sender);
  const permission = permissionOf('ask-key', role);
  if (typeof permission === 'object')
    return { replies: receiptFor(dim, self, received, receiptTexts.denied(group, permission)) };
  if (act === 'respond') return takeKey(context, state, received);
  const isForSelf = from?.equals(self) === true;
  const isMember = permissionOf('write', role) === 'allowed';
  if (isForSelf && act === 'request' && isMember) return answer('respond', [sender]);
  if (isForSelf && act === 'query' && role === 'assistant') return answer('update', membersOf(state, content.to));
  return { replies: receiptFor(dim, self, received, receiptTexts.unsupportedContent(type)) };

  async function answer(answerAct: 'respond' | 'update', members: readonly ID[]): Promise<Reaction | undefined> {
    const own = await ownGroupKey(context, group, state?.members ?? [], content.digest);
    const keys = own === undefined ? [] : await encryptKeyFor(own, members);
    if (own === undefined || keys.length === 0) return undefined;
    return { replies: [GroupKeysContent[answerAct](group, { from: self.entity, digest: own.digest, keys })] };
  }
}

/** All members, or those of a list that are some. */
function membersOf({ members }: GroupState, asked: readonly ID[]): readonly ID[] {
  return asked.length === 0 ? members : members.filter((member) => asked.some((id) => id.equals(member)));
}

/** A key is believed of the one who wrote with it, and of a bot of the group: with a wrong one nothing can be read. */
async function takeKey(
  context: GroupContext,
  state: GroupState,
  { content, sender }: Received<GroupKeysContent>,
): Promise<Reaction | undefined> {
  const from = content.from ?? sender;
  const isTrusted = from.equals(sender) || roleOf(state, sender) === 'assistant';
  if (!isTrusted || !isWriter(roleOf(state, from)) || from.equals(context.self)) return undefined;
  const changes = await takeGroupKey(context, content, from);
  return changes.length === 0 ? undefined : { changes, learned: [from.entity, state.group] };
}

function isWriter(role: GroupRole): boolean {
  return permissionOf('write', role) === 'allowed';
}

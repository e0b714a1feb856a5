/** The list of conversations, and the messages of one. */
import type { ID } from 'dimp';
import type { Conversation } from 'dimsdk';
import type { MessagePage } from '../protocol/calls.ts';
import type { ConversationView, MessageView } from '../protocol/views.ts';
import type { ChatContent, ChatMessage } from './dim.ts';
import type { Draft } from './drafts.ts';
import { askingOf, hasEnded } from './groups.ts';
import { askedGroups, type Asked } from './joining.ts';
import { oldestFirst } from './oldest-first.ts';
import { isHidden, readId, shownMessage, type OpenSession } from './open-session.ts';

const MOST_MESSAGES = 500;
/** Of strangers who wrote, the newest: more would bury those whom the person knows. */
const MOST_REQUESTS = 100;

/** A conversation, and when something last happened in it. */
interface Placed {
  readonly at: number;
  readonly view: ConversationView;
}

export async function conversations(open: OpenSession): Promise<readonly ConversationView[]> {
  const { client, strangers } = open;
  const drafts = await open.drafts.all();
  const asked = await askedGroups(open);
  const placed: Placed[] = [];
  let requests = 0;
  const seen = new Set<string>();
  const said: readonly Talk[] = (await client.conversations.list()).map((conversation) => ({
    ...conversation,
    at: conversation.last.time,
  }));
  for (const one of [...said, ...(await quietOnes(open, drafts, asked))]) {
    const { id } = one;
    if (seen.has(id.entityKey)) continue;
    seen.add(id.entityKey);
    if (client.contact(id).isBlocked) continue;
    if (one.isBegun !== true && (await strangers.isStranger(id))) {
      if (++requests <= MOST_REQUESTS) placed.push({ at: one.at, view: await requestView(open, id) });
      continue;
    }
    const draft = drafts.get(id.entityKey)?.text;
    placed.push(await conversationView(open, one, { draft, isAsked: asked.some(({ group }) => group.equals(id)) }));
  }
  return placed.sort((one, other) => other.at - one.at).map(({ view }) => view);
}

/** A conversation in which something was said, or nothing yet. */
type Talk = Pick<Conversation<ChatContent>, 'id'> &
  Partial<Conversation<ChatContent>> & {
    readonly at: number;
    /** This person is writing in it: it is no request. */
    readonly isBegun?: true;
  };

async function conversationView(
  { client, people, views, platform }: OpenSession,
  { id, last, unread = 0, at }: Talk,
  { draft, isAsked }: Pick<ConversationView, 'draft' | 'isAsked'>,
): Promise<Placed> {
  const state = id.isGroup ? await client.groups.state(id) : undefined;
  const asking = state === undefined ? { count: 0, last: 0 } : askingOf(state, client.self);
  const view: ConversationView = {
    with: await people.view(id),
    last: last && (await views.of(last)),
    unread,
    draft,
    isRequest: false,
    asking: asking.count,
    isAsked,
  };
  // Who asks may write any time.
  return { at: Math.max(at, Math.min(asking.last, platform.clock.now())), view };
}

/** Who it is, and nothing of what was written: neither words nor how many. */
async function requestView({ people }: OpenSession, id: ID): Promise<ConversationView> {
  const nothing = { last: undefined, unread: 0, draft: undefined, asking: 0, isAsked: false };
  return { with: await people.view(id), ...nothing, isRequest: true };
}

/** Where nothing was said yet: groups, those that were asked for entry, and what is being written. The newest first. */
async function quietOnes(
  open: OpenSession,
  drafts: ReadonlyMap<string, Draft>,
  asked: readonly Asked[],
): Promise<readonly Talk[]> {
  const all: Talk[] = [...drafts.values()].map(({ id, at }) => ({ id, at, isBegun: true }));
  for (const { group, time } of asked) all.push({ id: group, at: time });
  for (const state of await open.client.groups.all()) {
    const { group, historyTime, documentTime } = state;
    // What was ended and cleared is over, unless somebody asks to be let in again.
    const isOver = askingOf(state, open.client.self).count === 0 && (await hasEnded(open, state));
    if (!isOver) all.push({ id: group, at: historyTime ?? documentTime ?? 0 });
  }
  return all.sort((one, other) => other.at - one.at);
}

/** A page of messages, the oldest first. */
export async function messages(open: OpenSession, page: MessagePage): Promise<readonly MessageView[]> {
  const { client, views } = open;
  const id = readId(page.conversation, 'conversation');
  if (await isHidden(open, id)) return [];
  const limit = Math.min(Math.max(Math.trunc(page.limit), 1), MOST_MESSAGES);
  if (page.after !== undefined) return views.all(await messagesAfter(open, id, page.after, limit));
  const newestFirst = await client.conversations.messages(id, { before: page.before, limit });
  return views.all(oldestFirst(newestFirst));
}

/** The client reads towards the past alone: rows of the table `message` stand in the order of their times. */
async function messagesAfter(
  { client, store }: OpenSession,
  id: ID,
  { key, time }: NonNullable<MessagePage['after']>,
  limit: number,
): Promise<readonly ChatMessage[]> {
  const rows = await store.rows('message', id.entityKey, { after: { order: time, key }, limit });
  const all = await Promise.all(rows.map(async (row) => client.conversations.message(row.key)));
  return all.filter((message) => message !== undefined);
}

export async function oneMessage(open: OpenSession, key: string): Promise<MessageView | undefined> {
  const found = await shownMessage(open, key);
  return found && open.views.of(found);
}

export async function removeMessage(open: OpenSession, key: string): Promise<void> {
  const found = await shownMessage(open, key);
  if (found === undefined) return;
  await open.client.conversations.remove(key);
  open.tell({ tell: 'conversation', conversation: found.conversation.toString() });
}

export async function clearConversation(open: OpenSession, conversation: string): Promise<void> {
  const id = readId(conversation, 'conversation');
  await open.client.conversations.clear(id);
  await open.drafts.save(id, '');
  open.tell({ tell: 'conversation', conversation: id.toString() });
}

export async function markSeen(open: OpenSession, conversation: string): Promise<void> {
  const id = readId(conversation, 'conversation');
  // What was not shown was not seen.
  if ((await isHidden(open, id)) || (await open.client.conversations.unread(id)) === 0) return;
  await open.client.conversations.markSeen(id);
  open.tell({ tell: 'list' });
}

/** Keeps what is being written; an empty text is none. */
export async function saveDraft(open: OpenSession, conversation: string, text: string): Promise<void> {
  if (await open.drafts.save(readId(conversation, 'conversation'), text)) open.tell({ tell: 'list' });
}

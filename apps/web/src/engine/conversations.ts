/** The list of conversations, and the messages of one. */
import type { ID } from 'dimp';
import type { Conversation } from 'dimsdk';
import type { MessagePage } from '../protocol/calls.ts';
import type { ConversationView, MessageView } from '../protocol/views.ts';
import type { ChatContent, ChatMessage } from './dim.ts';
import type { Draft } from './drafts.ts';
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
  const placed: Placed[] = [];
  let requests = 0;
  const seen = new Set<string>();
  for (const conversation of await client.conversations.list()) {
    const { id } = conversation;
    seen.add(id.entityKey);
    if (client.contact(id).isBlocked) continue;
    const isRequest = await strangers.isStranger(id);
    if (isRequest && ++requests > MOST_REQUESTS) continue;
    const view = isRequest
      ? await requestView(open, id)
      : await conversationView(open, conversation, drafts.get(id.entityKey)?.text);
    placed.push({ at: conversation.last.time, view });
  }
  for (const one of await quietOnes(open, drafts)) if (!seen.has(one.id.entityKey)) placed.push(await quiet(open, one));
  return placed.sort((one, other) => other.at - one.at).map(({ view }) => view);
}

async function conversationView(
  { people, views }: OpenSession,
  { id, last, unread }: Conversation<ChatContent>,
  draft: string | undefined,
): Promise<ConversationView> {
  return { with: await people.view(id), last: await views.of(last), unread, draft, isRequest: false };
}

/** Who it is, and nothing of what was written: neither words nor how many. */
async function requestView({ people }: OpenSession, id: ID): Promise<ConversationView> {
  return { with: await people.view(id), last: undefined, unread: 0, draft: undefined, isRequest: true };
}

interface Quiet {
  readonly id: ID;
  readonly at: number;
  readonly draft: string | undefined;
}

/** Where nothing was said yet: groups, and what is being written. */
async function quietOnes(open: OpenSession, drafts: ReadonlyMap<string, Draft>): Promise<readonly Quiet[]> {
  const { client, strangers } = open;
  const all = new Map<string, Quiet>();
  for (const { id, text, at } of drafts.values()) all.set(id.entityKey, { id, at, draft: text });
  for (const { group, historyTime, documentTime } of await client.groups.all()) {
    const isLeftOut = client.contact(group).isBlocked || (await strangers.isStranger(group));
    if (!isLeftOut && !all.has(group.entityKey))
      all.set(group.entityKey, { id: group, at: historyTime ?? documentTime ?? 0, draft: undefined });
  }
  return [...all.values()].filter(({ id }) => !client.contact(id).isBlocked);
}

async function quiet({ people }: OpenSession, { id, at, draft }: Quiet): Promise<Placed> {
  return { at, view: { with: await people.view(id), last: undefined, unread: 0, draft, isRequest: false } };
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

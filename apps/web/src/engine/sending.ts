/** Sending, once for each token; and what can be done with what was sent. */
import { DimError, QuoteContent, TextContent, type Content, type CreateContentOptions, type ID } from 'dimp';
import { changeFields } from 'dimp/extend';
import type { RowChange } from 'dimsdk';
import type { MessageView } from '../protocol/views.ts';
import { dim, type ChatMessage } from './dim.ts';
import { readId, requireMessage, tellMessage, type OpenSession } from './open-session.ts';
import { bytesOf, LONGEST_CONTENT } from './text-limits.ts';
import type { Mark } from './tokens.ts';

interface SendText {
  readonly conversation: string;
  readonly text: string;
  readonly quote?: string | undefined;
  readonly token: string;
}

/** Sends a text, or the answer to a message. */
export async function send(open: OpenSession, { conversation, text, quote, token }: SendText): Promise<MessageView> {
  const id = readId(conversation, 'conversation');
  checkText(text);
  const message = await open.tokens.once(token, id, async (mark) => {
    const answered = quote === undefined ? undefined : await requireMessage(open, quote);
    if (answered !== undefined && !answered.conversation.equals(id))
      throw new DimError('INPUT_CONFLICT', 'is a message of another conversation', { path: 'quote' });
    const content = answered === undefined ? TextContent.create(text, mark) : answerTo(answered, text, mark);
    // It is sent, and no draft any more, at one moment: an engine may end at any other.
    return open.drafts.inTurn(id, async () => sendContent(open, id, content, await open.drafts.rowsWithout(id, text)));
  });
  return tellMessage(open, message);
}

/**
 * Sends a content into a conversation.
 * @param rows what changes with it, in one commit
 * @returns the key of its message
 */
export async function sendContent(
  open: OpenSession,
  id: ID,
  content: Content,
  rows: readonly RowChange[] = [],
): Promise<string> {
  const { client, strangers } = open;
  if (client.contact(id).isBlocked)
    throw new DimError('USAGE_ARGUMENT', 'is blocked: nothing of an answer would be read', { path: 'conversation' });
  await strangers.requireAnswered(id);
  await strangers.meet(id);
  return (await client.send(content, id, { rows })).id;
}

/** Which message it is, by what its own writer signed of it. */
function answerTo(
  { sender, conversation, isOwn, content }: ChatMessage,
  text: string,
  mark: CreateContentOptions,
): Content {
  const { type, sn, time } = content;
  // Whom it was for: the group, or the one of the two who did not write it.
  const receiver = conversation.isGroup || isOwn ? conversation : undefined;
  return QuoteContent.create(text, { sender: sender.entity, receiver, type, sn, time }, mark);
}

/** Sends again what has failed, as a new message in place of the old. */
export async function tryAgain(
  open: OpenSession,
  { key, token }: { readonly key: string; readonly token: string },
): Promise<MessageView> {
  const { client } = open;
  const done = await open.tokens.conversationOf(token);
  const failed = await client.conversations.message(key);
  // Where an engine ended in between, the old one may be gone already.
  const conversation = failed?.conversation ?? done;
  if (conversation === undefined) throw new DimError('INPUT_MISSING', 'there is no such message', { path: 'key' });
  const message = await open.tokens.once(token, conversation, async (mark) => {
    const again = await requireMessage(open, key);
    if (!(await hasFailed(open, again))) throw new DimError('USAGE_ARGUMENT', 'has not failed', { path: 'key' });
    return sendContent(open, conversation, withMark(again.content, mark));
  });
  if (failed !== undefined && (await hasFailed(open, failed))) await client.conversations.remove(key);
  open.tell({ tell: 'conversation', conversation: conversation.toString() });
  return tellMessage(open, message);
}

async function hasFailed({ client }: OpenSession, { isOwn, delivery: id }: ChatMessage): Promise<boolean> {
  const delivery = isOwn && id !== undefined ? await client.delivery(id) : undefined;
  return delivery?.state === 'failed';
}

/** Takes back what has not gone out. */
export async function takeBack(open: OpenSession, key: string): Promise<boolean> {
  const { delivery: id, isOwn } = await requireMessage(open, key);
  const delivery = isOwn && id !== undefined ? await open.client.delivery(id) : undefined;
  return delivery === undefined ? false : delivery.cancel();
}

function withMark({ fields }: Content, { sn, time }: Mark): Content {
  return dim.Content.parse(changeFields(fields, { sn, time }));
}

/** @throws DimError `INPUT_…` at `text` */
function checkText(text: string): void {
  if (text.trim() === '') throw new DimError('INPUT_MISSING', 'is empty', { path: 'text' });
  if (bytesOf(text) > LONGEST_CONTENT)
    throw new DimError('INPUT_LIMIT', `is longer than ${LONGEST_CONTENT} bytes: send it as a file`, { path: 'text' });
}

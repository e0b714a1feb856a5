/** Export: a conversation as text to read, and everything as JSON. No keys are in it, and nothing of strangers. */
import { DimError, type ID } from 'dimp';
import { nextTask } from 'dimp/internal';
import type { MessageView } from '../protocol/views.ts';
import type { ChatMessage } from './dim.ts';
import { wordsOf } from './message-views.ts';
import { isHidden, readId, type OpenSession } from './open-session.ts';

const PAGE = 500;

/** Lines `2026-01-31 12:00:00 UTC  Bob: text`; further lines of a text are indented. */
export async function exportConversation(open: OpenSession, conversation: string): Promise<Blob> {
  const id = readId(conversation, 'conversation');
  if (await isHidden(open, id))
    throw new DimError('INPUT_MISSING', 'there is nothing to export', { path: 'conversation' });
  const { name } = await open.people.view(id);
  const parts: string[] = [`${name}\n${id.toString()}\n\n`];
  for await (const views of oldestFirst(open, id)) parts.push(views.map((view) => lineOf(view)).join(''));
  return new Blob(parts, { type: 'text/plain' });
}

function lineOf({ time, sender, says, quote }: MessageView): string {
  const date = new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const answered = quote === undefined || quote.text === '' ? '' : `> ${quote.sender.name}: ${quote.text}\n`;
  const words = says.is === 'text' ? says.text : `[${says.is === 'unknown' ? says.kind : wordsOf(says)}]`;
  return `${date} UTC  ${sender.name}: ${`${answered}${words}`.split('\n').join('\n    ')}\n`;
}

/** All of it in one JSON text, which is written in parts: no string is longer than a page of messages. */
export async function exportEverything(open: OpenSession): Promise<Blob> {
  const { client, people, settings, platform } = open;
  const head = {
    format: 'dim-web export',
    version: 1,
    exportedAt: platform.clock.now(),
    me: await people.view(client.self),
    settings,
    contacts: client.contacts.map(({ id, ...contact }) => ({ id: id.toString(), ...contact })),
    groups: (await client.groups.all()).map(({ group, owner, name, members }) => ({
      id: group.toString(),
      owner: owner.toString(),
      name,
      members: members.map(String),
    })),
  };
  const parts: string[] = [JSON.stringify(head).slice(0, -1), ',"conversations":['];
  let isFirst = true;
  for (const { id } of await client.conversations.list()) {
    if (await isHidden(open, id)) continue;
    parts.push(isFirst ? '' : ',', `{"id":${JSON.stringify(id.toString())},"messages":[`);
    isFirst = false;
    let isFirstPage = true;
    for await (const views of oldestFirst(open, id)) {
      parts.push(isFirstPage ? '' : ',', views.map((view) => JSON.stringify(plain(view))).join(','));
      isFirstPage = false;
    }
    parts.push(']}');
  }
  parts.push(']}\n');
  return new Blob(parts, { type: 'application/json' });
}

/** A person is an ID there: what they are called changes. */
function plain({ key, sender, isOwn, time, says, quote, delivery, wasEncrypted }: MessageView): object {
  return { key, sender: sender.id, isOwn, time, says, quote: quoteOf(quote), delivery: delivery?.state, wasEncrypted };
}

/** Messages in pages. The client reads towards the past: rows of the table `message` stand in the order of their times. */
async function* oldestFirst({ client, store, views }: OpenSession, id: ID): AsyncGenerator<readonly MessageView[]> {
  for (let after: { readonly order: number; readonly key: string } | undefined; ;) {
    await nextTask();
    const rows = await store.rows('message', id.entityKey, { after, limit: PAGE });
    const all: ChatMessage[] = [];
    for (const { key } of rows) {
      const message = await client.conversations.message(key);
      if (message !== undefined) all.push(message);
    }
    if (all.length > 0) yield await views.all(all);
    after = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

function quoteOf(quote: MessageView['quote']): object | undefined {
  return quote && { sender: quote.sender.id, text: quote.text, key: quote.key };
}

/** Export: a conversation as text to read, and everything as JSON. Texts are whole. No keys are in it, and nothing of strangers. */
import { DimError, type ID } from 'dimp';
import { nextTask } from 'dimp/internal';
import type { GroupChange, GroupState } from 'dimsdk';
import type { MessageView } from '../protocol/views.ts';
import type { ChatMessage } from './dim.ts';
import { wordsOf } from './message-views.ts';
import { oldestFirst } from './oldest-first.ts';
import { isHidden, readId, type OpenSession } from './open-session.ts';
import { shownLine } from './shown-text.ts';
import { toldApart } from './told-apart.ts';

const PAGE = 500;
const MAX_GROUP_NAME = 200;
const QUOTES = /[“”]/g;
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/**
 * Lines `2026-01-31 12:00:00 UTC  Bob: text`; further lines of a text begin with `    | `, and those that it answers with `    > `.
 * Whatever a program takes for the end of a line is one. What happened in a group stands between them, as `[removed] Ana: Bob`: no
 * message begins like that, as names that others chose are quoted.
 */
export async function exportConversation(open: OpenSession, conversation: string): Promise<Blob> {
  const id = readId(conversation, 'conversation');
  if (await isHidden(open, id))
    throw new DimError('INPUT_MISSING', 'there is nothing to export', { path: 'conversation' });
  const name = toldApart(await open.people.view(id));
  // Those that no page of messages has taken yet, the oldest first.
  const changes = id.isGroup ? [...(await open.stories.of(id))] : [];
  const lines = await Promise.all(changes.map(async (change) => changeLine(open, change)));
  const from = (time: number): readonly Line[] => {
    const first = changes.findIndex((change) => change.time > time);
    if (first === -1) return [];
    const taken = changes.splice(first);
    return lines.splice(first).map((line, index) => ({ line, time: taken[index]?.time ?? 0 }));
  };
  const pages = await pagesOf(open, id, (views) => {
    const said = views.map((view): Line => ({ line: lineOf(view), time: view.time }));
    return [...from(views[0]?.time ?? Infinity), ...said]
      .sort((one, other) => one.time - other.time)
      .map(({ line }) => line)
      .join('');
  });
  return new Blob([`${name}\n${id.toString()}\n\n`, ...lines, ...pages], { type: 'text/plain' });
}

interface Line {
  readonly time: number;
  readonly line: string;
}

async function changeLine({ people }: OpenSession, { time, by, did, users, name }: GroupChange): Promise<string> {
  const about = (await people.views(users)).map((person) => toldApart(person)).join(', ');
  const named = name === undefined ? '' : `“${shownLine(name, MAX_GROUP_NAME).replaceAll(QUOTES, '"')}”`;
  const words = [about, named].filter((word) => word !== '').join(' ');
  return `${dateOf(time)} UTC  [${did}] ${toldApart(await people.view(by))}${words === '' ? '' : `: ${words}`}\n`;
}

function dateOf(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function lineOf({ time, sender, says, quote }: MessageView): string {
  const [first = '', ...more] = (
    says.is === 'text' ? says.text : `[${says.is === 'unknown' ? says.kind : wordsOf(says)}]`
  ).split(LINE_ENDS);
  const head = `${dateOf(time)} UTC  ${toldApart(sender)}:`;
  if (quote === undefined || quote.text === '') return linesOf([`${head} ${first}`, ...marked('|', more)]);
  const answered = marked('>', `${toldApart(quote.sender)}: ${quote.text}`.split(LINE_ENDS));
  return linesOf([head, ...answered, ...marked('|', [first, ...more])]);
}

/** Who begins a line is who it is from: nobody writes a mark, or the beginning of a message, by a text. */
function marked(mark: '|' | '>', lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${mark} ${line}`);
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** All of it in one JSON text, which is written in parts: no string is longer than a page of messages. */
export async function exportEverything(open: OpenSession): Promise<Blob> {
  const { client, people, settings, platform } = open;
  const groups: GroupState[] = [];
  for (const state of await client.groups.all()) if (!(await isHidden(open, state.group))) groups.push(state);
  const stories = await Promise.all(groups.map(async ({ group }) => open.stories.of(group)));
  const head = {
    format: 'dim-web export',
    version: 1,
    exportedAt: platform.clock.now(),
    me: await people.view(client.self),
    settings,
    contacts: client.contacts.map(({ id, ...contact }) => ({ id: id.toString(), ...contact })),
    groups: groups.map(({ group, owner, name, members }, index) => ({
      id: group.toString(),
      owner: owner.toString(),
      name,
      members: members.map(String),
      changes: stories[index]?.map(({ by, users, did, ...change }) => ({
        ...change,
        by: by.toString(),
        did,
        users: users.map(String),
      })),
    })),
  };
  const parts: string[] = [JSON.stringify(head).slice(0, -1), ',"conversations":['];
  let isFirst = true;
  for (const { id } of await client.conversations.list()) {
    if (await isHidden(open, id)) continue;
    parts.push(isFirst ? '' : ',', `{"id":${JSON.stringify(id.toString())},"messages":[`);
    isFirst = false;
    const pages = await pagesOf(open, id, (views) => views.map((view) => JSON.stringify(plain(view))).join(','));
    parts.push(...pages.flatMap((page, at) => (at === 0 ? [page] : [',', page])));
    parts.push(']}');
  }
  parts.push(']}\n');
  return new Blob(parts, { type: 'application/json' });
}

/** A person is an ID there: what they are called changes. */
function plain({ key, sender, isOwn, time, says, quote, delivery, wasEncrypted }: MessageView): object {
  return { key, sender: sender.id, isOwn, time, says, quote: quoteOf(quote), delivery: delivery?.state, wasEncrypted };
}

/** The texts of all pages of messages, the oldest first; the client reads towards the past. */
async function pagesOf(
  { client, views }: OpenSession,
  id: ID,
  textOf: (views: readonly MessageView[]) => string,
): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let before: ChatMessage | undefined; ;) {
    // Others are answered in between.
    await nextTask();
    const newestFirst = await client.conversations.messages(id, { before, limit: PAGE });
    if (newestFirst.length > 0) pages.push(textOf(await views.all(oldestFirst(newestFirst), Infinity)));
    before = newestFirst.at(-1);
    if (newestFirst.length < PAGE) break;
  }
  return oldestFirst(pages);
}

function quoteOf(quote: MessageView['quote']): object | undefined {
  return quote && { sender: quote.sender.id, text: quote.text, key: quote.key };
}

/** Search in what was written, and in the names of files: the newest first. */
import { AttachmentContent, DimError, type ID } from 'dimp';
import { nextTask } from 'dimp/internal';
import type { Calls } from '../protocol/calls.ts';
import type { MessageView } from '../protocol/views.ts';
import type { ChatContent, ChatMessage } from './dim.ts';
import { isHidden, readId, type OpenSession } from './open-session.ts';
import { fileView, textOf } from './saying.ts';

/** So many messages are read at once; then others are answered. */
const SLICE = 100;
/** So many are looked through for one question. */
const MOST_READ = 50_000;
const MOST_FOUND = 500;
const MAX_TEXT = 200;

/** A conversation as far as it was read. */
interface Cursor {
  readonly id: ID;
  /** The newest first. */
  read: readonly ChatMessage[];
  at: number;
  isOver: boolean;
}

export async function search(open: OpenSession, question: Calls['search'][0]): Promise<readonly MessageView[]> {
  const wanted = foldedOf(question.text.trim());
  if (wanted === '') return [];
  if (question.text.length > MAX_TEXT)
    throw new DimError('INPUT_LIMIT', `is longer than ${MAX_TEXT} characters`, { path: 'text' });
  const limit = Math.min(Math.max(Math.trunc(question.limit), 1), MOST_FOUND);
  const found: ChatMessage[] = [];
  let count = 0;
  for await (const message of newestFirst(open, question.conversation)) {
    if (foldedOf(searchedIn(message.content)).includes(wanted)) found.push(message);
    if (found.length >= limit || ++count >= MOST_READ) break;
  }
  return open.views.all(found);
}

/** What people do not tell apart while they search. */
function foldedOf(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function searchedIn(content: ChatContent): string {
  return content instanceof AttachmentContent ? fileView(content).filename : (textOf(content) ?? '');
}

/** Messages of one conversation, or of all that are shown, in the order of their times. */
async function* newestFirst(open: OpenSession, conversation: string | undefined): AsyncGenerator<ChatMessage> {
  const cursors =
    conversation === undefined ? await allCursors(open) : await oneCursor(open, readId(conversation, 'conversation'));
  for (;;) {
    let newest: Cursor | undefined;
    for (const cursor of cursors) {
      if (cursor.at >= cursor.read.length && !cursor.isOver) await readOn(open, cursor);
      if (cursor.at < cursor.read.length && (newest === undefined || timeAt(cursor) > timeAt(newest))) newest = cursor;
    }
    const message = newest?.read[newest.at];
    if (newest === undefined || message === undefined) return;
    newest.at++;
    yield message;
  }
}

/** Each begins with its newest message, which the list has already. */
async function allCursors(open: OpenSession): Promise<readonly Cursor[]> {
  const cursors: Cursor[] = [];
  for (const { id, last } of await open.client.conversations.list())
    if (!(await isHidden(open, id))) cursors.push({ id, read: [last], at: 0, isOver: false });
  return cursors;
}

async function oneCursor(open: OpenSession, id: ID): Promise<readonly Cursor[]> {
  return (await isHidden(open, id)) ? [] : [{ id, read: [], at: 0, isOver: false }];
}

async function readOn({ client }: OpenSession, cursor: Cursor): Promise<void> {
  await nextTask();
  cursor.read = await client.conversations.messages(cursor.id, { before: cursor.read.at(-1), limit: SLICE });
  cursor.at = 0;
  cursor.isOver = cursor.read.length < SLICE;
}

function timeAt({ read, at }: Cursor): number {
  return read[at]?.time ?? 0;
}

/** Answers to queries for names and people, and to those who want to hear less: `ans`, `search`, `block`, `mute`. */
import type { ID, JsonMap } from 'dimp';
import { optionalFieldOf } from 'dimp/extend';
import { MAX_LISTED, type ListKind } from '../directory/user-lists.ts';
import { answerReceipt } from '../messages/receipts.ts';
import type { StationParts } from '../sessions/parts.ts';
import { NO_ANSWER, reply, textField, type Answer, type Request } from './answer.ts';

/** How far the clock of one who sends a list may be ahead, in seconds. */
const MAX_SKEW = 30 * 60;
/** Names in one query. */
const MAX_NAMES = 64;
/** Further no search goes. */
const MAX_START = 1_000_000;
/** Users whose names are looked at for one search. */
const MAX_LOOKED_AT = 2000;
/** Users in one answer. */
const MAX_FOUND = 50;

/** `ans`: whom names stand for, and which are unknown. */
export function answerNames({ names }: StationParts, request: Request): Answer {
  const text = textField(request.content.fields, 'names') ?? '';
  const asked = text
    .split(/\s/)
    .filter((name) => name !== '')
    .slice(0, MAX_NAMES);
  if (asked.length === 0) return reply(answerReceipt('ANS command error.', request));
  const found = asked.flatMap((name) => {
    const id = names.of(name);
    return id === undefined ? [] : [[name, id.toString()] as const];
  });
  const missed = asked.filter((name) => names.of(name) === undefined);
  const records = Object.fromEntries(found);
  return reply({ command: 'ans', names: asked.join(' '), records, ...(missed.length > 0 && { missed }) });
}

/** `search`: who is online, all or those whose names have what is looked for. */
export async function answerSearch(parts: StationParts, request: Request): Promise<Answer> {
  const { session, content } = request;
  // Who is here is told to those who are.
  if (session.user === undefined) return NO_ANSWER;
  const { fields } = content;
  const keywords = (textField(fields, 'keywords') ?? '').slice(0, 256);
  const [start, limit] = [countOf(fields, 'start', 0), Math.min(countOf(fields, 'limit', MAX_FOUND), MAX_FOUND)];
  const words = keywords
    .toLowerCase()
    .split(/\s/)
    .filter((word) => word !== '' && word !== 'users');
  const users = new Map<string, ID>();
  for (const { user } of parts.sessions.all()) if (user?.isUser === true) users.set(user.entityKey, user);
  const found: ID[] = [];
  let looked = 0;
  for (const user of users.values()) {
    looked += 1;
    if (found.length >= start + limit || looked > MAX_LOOKED_AT) break;
    if (words.length === 0 || (await isMeant(parts, user, words))) found.push(user);
  }
  return reply({
    command: 'search',
    keywords,
    start,
    limit,
    users: found.slice(start, start + limit).map((id) => id.toString()),
    station: parts.self.toString(),
  });
}

async function isMeant({ directory }: StationParts, user: ID, words: readonly string[]): Promise<boolean> {
  const names = (await directory.visasOf(user)).map(({ name }) => name ?? '');
  const text = [user.toString(), ...names].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function countOf(fields: JsonMap, name: string, otherwise: number): number {
  const value = optionalFieldOf(fields, name);
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MAX_START ? Number(value) : otherwise;
}

/** `block`, `mute`: a list of IDs, or the query for the one that is kept. */
export async function answerList(parts: StationParts, request: Request, kind: ListKind): Promise<Answer> {
  const { session, message, content } = request;
  const { dim, clock, lists } = parts;
  // A list is its user's, and only the user sees it.
  if (session.user?.equals(message.sender) !== true) return NO_ANSWER;
  const user = message.sender;
  const given = optionalFieldOf(content.fields, 'list');
  if (given === undefined) {
    const { ids, time } = await lists.of(kind, user);
    return reply({ command: kind, list: [...ids], ...(time > 0 && { time }) });
  }
  const name = kind === 'block' ? 'Block' : 'Mute';
  const ids = Array.isArray(given) ? given.map((one) => dim.ID.tryParse(one)) : [undefined];
  if (ids.length > MAX_LISTED || ids.includes(undefined))
    return reply(answerReceipt(`${name} command error.`, request));
  const time = Math.min(content.time ?? message.time ?? 0, clock.now() + MAX_SKEW);
  const isNew = await lists.put(
    kind,
    user,
    ids.filter((id) => id !== undefined),
    time,
  );
  return reply(answerReceipt(isNew ? `${name} received.` : `${name} not changed.`, request));
}

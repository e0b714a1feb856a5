/** What the station answers to contents that are for itself. */
import { ContentType, EntityType, type Content, type JsonMap } from 'dimp';
import { mapsOf } from '../directory/items-of.ts';
import { writeJson } from 'dimp/internal';
import { answerReceipt } from '../messages/receipts.ts';
import type { StationParts } from '../sessions/parts.ts';
import { NO_ANSWER, reply, textField, type Answer, type Request } from './answer.ts';
import { answerHandshake } from './answer-handshake.ts';
import { answerDocuments, answerMeta } from './answer-identities.ts';
import { answerList, answerNames, answerSearch } from './answer-lists.ts';
import { answerLogin, answerReport } from './answer-presence.ts';

/** Contents of one array that are answered. */
const MAX_ITEMS = 32;

/** Characters of what is answered to one array. */
const MAX_ANSWER = 512 * 1024;

/** Answers a content. */
export async function answer(parts: StationParts, request: Request): Promise<Answer> {
  const given = await answerAny(parts, request);
  if (request.message.sender.type !== EntityType.STATION) return given;
  return { ...given, contents: given.contents.filter((fields) => !isTalk(fields)) };
}

/** What is said to people, and not to stations. */
function isTalk(fields: JsonMap): boolean {
  return fields['command'] === 'receipt';
}

async function answerAny(parts: StationParts, request: Request): Promise<Answer> {
  const { type } = request.content;
  switch (type) {
    case ContentType.COMMAND:
    case ContentType.HISTORY:
      return answerCommand(parts, request);
    case ContentType.ARRAY:
      return answerEach(parts, request);
    case ContentType.FORWARD:
      if (request.session.isOfNeighbor) return { contents: [], brought: mapsOf(request.content.fields, 'secrets') };
      return notSupported(request);
    default:
      return notSupported(request);
  }
}

function notSupported(request: Request): Answer {
  const { type } = request.content;
  const template = 'Content (type: ${type}) not support yet!';
  return reply(answerReceipt('Content not support.', request, template, { type }));
}

async function answerEach(parts: StationParts, request: Request): Promise<Answer> {
  let all = NO_ANSWER;
  let size = 0;
  for (const item of mapsOf(request.content.fields, 'contents').slice(0, MAX_ITEMS)) {
    const content = parts.readContent(item);
    if (content === undefined || content.type === ContentType.ARRAY) continue;
    const one = await answerAny(parts, { ...request, content });
    // A short question may have a long answer, and one message many questions.
    size += one.contents.reduce((sum, fields) => sum + writeJson(fields).length, 0);
    if (size > MAX_ANSWER) break;
    all = { ...all, ...one, contents: [...all.contents, ...one.contents] };
  }
  return all;
}

async function answerCommand(parts: StationParts, request: Request): Promise<Answer> {
  const command = commandOf(request.content) ?? '';
  switch (command) {
    case 'handshake':
      return answerHandshake(parts, request);
    case 'login':
      return answerLogin(parts, request);
    case 'report':
      return answerReport(parts, request);
    case 'meta':
      return answerMeta(parts, request);
    case 'documents':
    case 'document':
    case 'profile':
      return answerDocuments(parts, request);
    case 'ans':
      return answerNames(parts, request);
    case 'search':
      return answerSearch(parts, request);
    case 'block':
    case 'mute':
      return answerList(parts, request, command);
    case 'receipt':
      return NO_ANSWER;
    default: {
      const template = 'Command (name: ${command}) not support yet!';
      return reply(answerReceipt('Command not support.', request, template, { command }));
    }
  }
}

/** The name of a command; undefined for what is none. */
export function commandOf({ fields, type }: Content): string | undefined {
  if (type !== ContentType.COMMAND && type !== ContentType.HISTORY) return undefined;
  return textField(fields, 'command', 'cmd');
}

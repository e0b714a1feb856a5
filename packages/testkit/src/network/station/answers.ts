/** What the station answers to contents that are for itself. */
import { ContentType, EntityType, type Content, type JsonMap, type JsonValue } from 'dimp';
import { isJsonMap, optionalFieldOf } from 'dimp/extend';
import { NO_ANSWER, reply, type Answer, type Request } from './answer.ts';
import { answerDocuments, answerMeta } from './answer-identities.ts';
import { answerNames } from './answer-names.ts';
import { answerHandshake, answerLogin, answerReport } from './answer-sessions.ts';
import { answerReceipt } from './receipts.ts';
import type { StationContext } from './station-context.ts';
import { textField } from './text-field.ts';

/** Answers a content. */
export async function answer(context: StationContext, request: Request): Promise<Answer> {
  const given = await answerAny(context, request);
  if (request.sender.type !== EntityType.STATION) return given;
  return { ...given, contents: given.contents.filter((fields) => !isTalk(fields)) };
}

/** What is said to people, and not to stations. */
function isTalk(fields: JsonMap): boolean {
  return fields['command'] === 'receipt';
}

async function answerAny(context: StationContext, request: Request): Promise<Answer> {
  const { type } = request.content;
  switch (type) {
    case ContentType.COMMAND:
    case ContentType.HISTORY:
      return answerCommand(context, request);
    case ContentType.ARRAY:
      return answerEach(context, request);
    default:
      return reply(
        answerReceipt('Content not support.', request, 'Content (type: ${type}) not support yet!', { type }),
      );
  }
}

async function answerEach(context: StationContext, request: Request): Promise<Answer> {
  const items = optionalFieldOf(request.content.fields, 'contents');
  let all = NO_ANSWER;
  for (const item of Array.isArray(items) ? (items as readonly JsonValue[]) : []) {
    const content = isJsonMap(item) ? context.readContent(item) : undefined;
    if (content === undefined || content.type === ContentType.ARRAY) continue;
    const one = await answerAny(context, { ...request, content });
    all = { ...all, ...one, contents: [...all.contents, ...one.contents] };
  }
  return all;
}

async function answerCommand(context: StationContext, request: Request): Promise<Answer> {
  const command = commandOf(request.content) ?? '';
  switch (command) {
    case 'handshake':
      return answerHandshake(context, request);
    case 'login':
      return answerLogin(context, request);
    case 'report':
      return answerReport(request);
    case 'meta':
      return answerMeta(context, request);
    case 'documents':
    case 'document':
    case 'profile':
      return answerDocuments(context, request);
    case 'ans':
      return answerNames(context, request);
    case 'receipt':
      return NO_ANSWER;
    default:
      return reply(
        answerReceipt('Command not support.', request, 'Command (name: ${command}) not support yet!', { command }),
      );
  }
}

/** The name of a command; undefined for what is none. */
export function commandOf({ fields, type }: Content): string | undefined {
  if (type !== ContentType.COMMAND && type !== ContentType.HISTORY) return undefined;
  return textField(fields, 'command', 'cmd');
}

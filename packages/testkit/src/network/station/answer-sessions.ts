/** Answers to those who come and go: handshake, login, report. */
import type { JsonMap } from 'dimp';
import { fieldOfAny, isJsonMap, optionalFieldOf } from 'dimp/extend';
import { NO_ANSWER, reply, type Answer, type Request } from './answer.ts';
import { answerReceipt } from './receipts.ts';
import { isSameTerminal, type Session } from './session.ts';
import type { StationContext } from './station-context.ts';
import { textField } from './text-field.ts';

/** How far the clock of one who logs in may be ahead, in seconds. */
const MAX_SKEW = 30 * 60;

/** A step of a handshake, as the station says it. `message` is what the title was called before. */
function handshake(title: string, session: string | undefined, more: JsonMap = {}): JsonMap {
  return { command: 'handshake', title, message: title, ...(session !== undefined && { session }), ...more };
}

/** What a client is told that must come in first. It is told no address. */
export function askToComeIn({ key }: Session): JsonMap {
  return handshake('DIM?', key);
}

/** `handshake`: whoever signs the session's key is in. */
export function answerHandshake(context: StationContext, request: Request): Answer {
  const { session, message, content } = request;
  const title = textField(content.fields, 'title', 'message') ?? '';
  const said = textField(content.fields, 'session');
  const more = { remote_address: session.line.remote };
  switch (title) {
    case 'DIM?':
    case 'DIM!':
      return reply(
        answerReceipt('Command not support.', request, 'Handshake command error: title="${title}".', { title }),
      );
    case 'Nice to meet you!':
      return reply(handshake('Nice to meet you too!', said, more));
    case 'Nice to meet you too!':
      return NO_ANSWER;
    case 'Hello world!':
      break;
    default:
      return NO_ANSWER;
  }
  if (said !== session.key) return reply(handshake('DIM?', session.key, more));
  session.user = message.sender.entity;
  session.setActive(true, content.time ?? 0);
  const accepted = handshake('DIM!', session.key, more);
  const own = session.terminal ?? '';
  const others = context.visasOf(message.sender).filter(({ terminal }) => (terminal ?? '') !== own);
  if (others.length === 0) return { contents: [accepted], hasCome: true };
  const documents = others.map(({ fields }) => fields);
  const told = { command: 'documents', did: message.sender.toString(), documents };
  return { contents: [accepted, told], hasCome: true };
}

/** `login`: at which station a user can be reached. */
export function answerLogin(context: StationContext, request: Request): Answer {
  const { session, message, content } = request;
  const did = context.dim.ID.tryParse(fieldOfAny(content.fields, ['did', 'ID']));
  const station = optionalFieldOf(content.fields, 'station');
  const time = content.time ?? message.time ?? 0;
  const isOwn = did !== undefined && did.equals(message.sender);
  // Of one from the future, no later one would ever be taken.
  if (!isOwn || !isJsonMap(station) || time > context.clock.now() + MAX_SKEW) return NO_ANSWER;
  const terminal = textField(content.fields, 'terminal') ?? did.terminal ?? '';
  const record = { sn: content.sn.toString(), terminal, time, message };
  if (!context.logins.add(message.sender, record)) return NO_ANSWER;
  const roaming = context.dim.ID.tryParse(fieldOfAny(station, ['did', 'ID']));
  if (roaming !== undefined && !roaming.equals(context.id)) return NO_ANSWER;
  const user = terminal === '' ? message.sender.entity : message.sender.at(terminal);
  if (session.id === undefined || !isSameTerminal(session.id, user)) return NO_ANSWER;
  session.setActive(true, time);
  const replacements = { did: user.toString() };
  const receipt = answerReceipt('Login received.', request, 'Login command received: ${did}.', replacements);
  return { contents: [receipt], hasCome: true };
}

/** `report`: whether a client is active. */
export function answerReport(request: Request): Answer {
  const { session, message, content } = request;
  if (session.user === undefined || !session.user.equals(message.sender)) return NO_ANSWER;
  const title = textField(content.fields, 'title') ?? '';
  if (title === 'offline') {
    session.setActive(false, content.time ?? 0);
    return NO_ANSWER;
  }
  if (title !== 'online') {
    const replacements = { title };
    const template = 'Report command (title: ${title}) not support yet!';
    return reply(answerReceipt('Command not support.', request, template, replacements));
  }
  session.setActive(true, content.time ?? 0);
  const replacements = { did: message.sender.toString() };
  const receipt = answerReceipt('Online received.', request, 'Online command received: ${did}.', replacements);
  return { contents: [receipt], hasCome: session.isActive };
}

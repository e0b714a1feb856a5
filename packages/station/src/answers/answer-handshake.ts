/** Answers to handshakes: whoever signs the session's key is in. */
import { optionalFieldOf } from 'dimp/extend';
import { EntityType, type JsonMap } from 'dimp';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import { answerReceipt } from '../messages/receipts.ts';
import { NO_ANSWER, reply, textField, type Answer, type Request } from './answer.ts';

/** A step of a handshake, as the station says it. `message` is what the title was called before. */
function handshake(title: string, session: string | undefined, more: JsonMap = {}): JsonMap {
  return { command: 'handshake', title, message: title, ...(session !== undefined && { session }), ...more };
}

/** What a station is told that has come in as a client alone. */
const NO_NEIGHBOR: JsonMap = { neighbor: false };

/** Whether another station takes this one for no neighbor, by its word that this one is in. */
export function isNoNeighbor(fields: JsonMap): boolean {
  return optionalFieldOf(fields, 'neighbor') === false;
}

/** What a client is told that must come in first. It is told no address. */
export function askToComeIn({ key }: Session): JsonMap {
  return handshake('DIM?', key);
}

/** `handshake`. */
export async function answerHandshake(parts: StationParts, request: Request): Promise<Answer> {
  const { session, content } = request;
  const title = textField(content.fields, 'title', 'message') ?? '';
  const said = textField(content.fields, 'session');
  const more = { remote_address: [session.link.host, session.link.port] };
  switch (title) {
    case 'DIM?':
    case 'DIM!': {
      if (session.isOutgoing) return answerStation(request, title, said);
      const template = 'Handshake command error: title="${title}".';
      return reply(answerReceipt('Command not support.', request, template, { title }));
    }
    case 'Nice to meet you!':
      return reply(handshake('Nice to meet you too!', said, more));
    case 'Hello world!':
      return said === session.key && isForThisStation(parts, content.fields)
        ? comeIn(parts, request, more)
        : reply(handshake('DIM?', session.key, more));
    default:
      return NO_ANSWER;
  }
}

/**
 * A client of this library says which station it means. Another station that has let the same client sign could pass that on as a
 * login of its own: what it cannot change is what the client has signed.
 */
function isForThisStation({ dim, self }: StationParts, fields: JsonMap): boolean {
  const station = optionalFieldOf(fields, 'station');
  return station === undefined || dim.ID.tryParse(station)?.equals(self) === true;
}

/** A station that was started anew behind the same connection knows nobody, and asks again. */
function answerStation({ session, message, content }: Request, title: string, said: string | undefined): Answer {
  const { user } = session;
  // It was started with other neighbors: the next connection shows it.
  if (title === 'DIM!' && user?.equals(message.sender) === true && isNoNeighbor(content.fields)) session.link.close();
  if (title !== 'DIM?' || said === undefined || user?.equals(message.sender) !== true) return NO_ANSWER;
  return reply(handshake('Hello world!', said, { station: user.toString() }));
}

async function comeIn(parts: StationParts, request: Request, more: JsonMap): Promise<Answer> {
  const { session, message, content } = request;
  // A neighbor brings what others have written: none of them comes in by that.
  if (!session.isOf(message.sender)) return NO_ANSWER;
  const user = message.sender.entity;
  if (!(await parts.directory.isUser(user)) && (await parts.directory.isFull())) {
    parts.logger.warn('there are as many users as may be: somebody new was not let in', { host: session.link.host });
    return reply(answerReceipt('This station takes no new users.', request));
  }
  await parts.directory.hasLoggedIn(user);
  if (session.user === undefined) {
    session.user = user;
    parts.sessions.join(session);
    session.link.loggedIn?.(user.entityKey);
  }
  session.setActive(true, Math.min(content.time ?? 0, parts.clock.now()));
  parts.meter.add('logins');
  // Of a message that is larger, the connection would end, and the client try again.
  const { payloadBytes } = session.link;
  // Without that, it would take this one for a neighbor, and hand on what is refused here. Stations of old look at nothing of it.
  const isStrange = user.type === EntityType.STATION && !request.isNeighbor;
  const accepted = handshake('DIM!', session.key, {
    ...more,
    ...(isStrange && NO_NEIGHBOR),
    ...(payloadBytes !== undefined && { payload_bytes: payloadBytes }),
  });
  const own = session.terminal ?? '';
  const others = (await parts.directory.visasOf(user)).filter(({ terminal }) => (terminal ?? '') !== own);
  if (others.length === 0) return { contents: [accepted], hasCome: true };
  const documents = others.map(({ fields }) => fields);
  const told = { command: 'documents', did: user.toString(), documents };
  return { contents: [accepted, told], hasCome: true };
}

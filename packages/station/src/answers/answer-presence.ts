/** Answers to those who say where they are, and whether they are active: `login`, `report`. */
import type { ID } from 'dimp';
import { fieldOfAny, isJsonMap, optionalFieldOf } from 'dimp/extend';
import { answerReceipt } from '../messages/receipts.ts';
import type { StationParts } from '../sessions/parts.ts';
import { isSameTerminal } from '../sessions/session.ts';
import { NO_ANSWER, reply, textField, type Answer, type Request } from './answer.ts';

/** How far the clock of one who logs in may be ahead, in seconds. */
const MAX_SKEW = 30 * 60;

/** `login`: at which station a user can be reached. */
export async function answerLogin(parts: StationParts, request: Request): Promise<Answer> {
  const { session, message, content } = request;
  const { dim, self, clock, logins } = parts;
  const did = dim.ID.tryParse(fieldOfAny(content.fields, ['did', 'ID']));
  const station = optionalFieldOf(content.fields, 'station');
  const where = isJsonMap(station) ? dim.ID.tryParse(fieldOfAny(station, ['did', 'ID'])) : undefined;
  const said = content.time ?? message.time ?? 0;
  // Until its time has come, one from the future would go before all that are right.
  const time = Math.min(said, clock.now());
  const isOwn = did !== undefined && did.equals(message.sender);
  // Of one from the future, no later one would ever be taken.
  if (!isOwn || !isLoginOf(request, where, self) || !isJsonMap(station) || said > clock.now() + MAX_SKEW)
    return NO_ANSWER;
  const terminal = textField(content.fields, 'terminal') ?? did.terminal ?? '';
  const user = dim.ID.tryParse(terminal === '' ? did.entity.toString() : `${did.entity.toString()}/${terminal}`);
  // Nobody could write to its owner there.
  if (user === undefined) return NO_ANSWER;
  const login = {
    sn: content.sn.toString(),
    terminal,
    time,
    station: where?.entity.toString(),
    message: message.fields,
  };
  if (!(await logins.add(message.sender, login))) return NO_ANSWER;
  if (where !== undefined && !where.equals(self))
    return { contents: [], moved: { user: message.sender.entity, terminal } };
  if (session.id === undefined || !isSameTerminal(session.id, user)) return NO_ANSWER;
  session.setActive(true, time);
  const replacements = { did: user.toString() };
  const receipt = answerReceipt('Login received.', request, 'Login command received: ${did}.', replacements);
  return { contents: [receipt], hasCome: true };
}

/**
 * Whether a login is to be kept: identities are made easily, and each would be kept, and told to neighbors. Who is here says so over the
 * own connection, and so may who is about to move; of those at other stations, the stations that are trusted bring it.
 */
function isLoginOf({ session, message }: Request, where: ID | undefined, self: ID): boolean {
  if (session.user === undefined) return false;
  if (session.user.equals(message.sender)) return true;
  return session.isOfNeighbor && where?.equals(self) !== true;
}

/** `report`: whether a client is active. */
export function answerReport({ clock }: StationParts, request: Request): Answer {
  const { session, message, content } = request;
  if (session.user === undefined || !session.user.equals(message.sender)) return NO_ANSWER;
  const title = textField(content.fields, 'title') ?? '';
  const time = Math.min(content.time ?? 0, clock.now());
  if (title === 'offline') {
    session.setActive(false, time);
    return session.isActive ? NO_ANSWER : { contents: [], hasGone: true };
  }
  if (title !== 'online') {
    const template = 'Report command (title: ${title}) not support yet!';
    return reply(answerReceipt('Command not support.', request, template, { title }));
  }
  session.setActive(true, time);
  const replacements = { did: message.sender.toString() };
  const receipt = answerReceipt('Online received.', request, 'Online command received: ${did}.', replacements);
  return { contents: [receipt], hasCome: session.isActive };
}

/** What becomes of messages that are refused: the client is told, and one that goes on is shut out. */
import { isDimError, type DimError } from 'dimp';
import { deliveryReceipt } from '../messages/receipts.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import type { Replies } from './replies.ts';

/** As many messages of one connection may be refused. Each may have cost the station a signature. */
const MAX_REFUSED = 256;
/**
 * As many messages of one connection may be verified before anybody has logged in over it: those of handshakes, and some commands.
 * What waits for the login is not.
 */
const MAX_STRANGE = 16;

/** What a sender is told of whom the station takes nothing. */
export const NOT_ACCEPTED = 'Sender not accepted.';

/** Refuses messages. */
export class Refusals {
  readonly #parts: StationParts;
  readonly #replies: Replies;
  readonly #refused = new WeakMap<Session, number>();
  readonly #strange = new WeakMap<Session, number>();

  constructor(parts: StationParts, replies: Replies) {
    this.#parts = parts;
    this.#replies = replies;
  }

  /** Something came that is no message. */
  unreadable(session: Session, error: DimError): void {
    this.#count(session, error);
  }

  /**
   * Refuses a message: it would be refused each time, so it need not come again.
   * @throws errors of the engine: when that works again, the message can be taken
   */
  refuse(session: Session, arrival: Arrival, error: unknown): void {
    if (isDimError(error) && error.code.startsWith('STORE_')) throw error;
    if (isDimError(error) && error.code === 'MISSING_META' && session.isOfNeighbor)
      return this.forget(session, arrival);
    arrival.settle();
    if (!isDimError(error) || !isOfInput(error)) {
      this.#parts.logger.error('a message could not be worked on', { error: String(error) });
      return;
    }
    this.#count(session, error);
    // Before the login nobody is told anything: whoever it is, may have written any sender. Stations are told nothing of what
    // their users have written.
    if (session.id === undefined || session.isOfNeighbor) return;
    this.#replies.say(session, session.id, [deliveryReceipt(textOf(error), arrival.received.message)]);
  }

  /** Nothing becomes of a message whose sender nobody knows. That is no fault of the neighbor that brought it. */
  forget(session: Session, arrival: Arrival): void {
    const { logger, meter } = this.#parts;
    meter.add('refused');
    logger.debug('a message of an unknown sender was dropped', { host: session.link.host });
    arrival.settle();
  }

  #count(session: Session, error: DimError): void {
    const { logger, meter } = this.#parts;
    meter.add('refused');
    logger.debug('a message was refused', { host: session.link.host, code: error.code, path: error.path });
    // What its users write is no fault of a neighbor.
    if (session.isOfNeighbor) return;
    const count = (this.#refused.get(session) ?? 0) + 1;
    this.#refused.set(session, count);
    if (count === MAX_REFUSED) this.#shutOut(session, 'too much was refused');
  }

  /** Messages came of which nobody knows whose they are. @returns whether they are too many to look at */
  areTooMany(session: Session, count: number): boolean {
    if (session.user !== undefined) return false;
    const before = this.#strange.get(session) ?? 0;
    this.#strange.set(session, before + count);
    if (before + count <= MAX_STRANGE) return false;
    if (before <= MAX_STRANGE) this.#shutOut(session, 'too much came before the login');
    return true;
  }

  #shutOut({ link }: Session, why: string): void {
    const { logger, meter } = this.#parts;
    meter.add('shut-out');
    logger.info('a client was shut out', { host: link.host, why });
    link.close();
  }
}

/** Whether an error says what is wrong with what came, and not with the station. */
function isOfInput({ code }: DimError): boolean {
  return !code.startsWith('INTERNAL_') && !code.startsWith('USAGE_');
}

/** What the client shows. */
function textOf({ code, path }: DimError): string {
  if (code === 'CRYPTO_VERIFY') return 'Signature not valid.';
  if (code === 'INPUT_CONFLICT' && path === 'sender') return NOT_ACCEPTED;
  return 'Message not accepted.';
}

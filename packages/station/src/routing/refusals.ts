/** What becomes of messages that are refused: the client is told, and one that goes on is shut out. */
import { isDimError, type DimError } from 'dimp';
import { deliveryReceipt } from '../messages/receipts.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import type { Replies } from './replies.ts';

/** As many messages of one connection may be refused. Each may have cost the station a signature. */
const MAX_REFUSED = 256;

/** Refuses messages. */
export class Refusals {
  readonly #parts: StationParts;
  readonly #replies: Replies;
  readonly #counts = new WeakMap<Session, number>();

  constructor(parts: StationParts, replies: Replies) {
    this.#parts = parts;
    this.#replies = replies;
  }

  /** Something came that is no message. */
  unreadable(session: Session, error: DimError): void {
    this.#count(session, error);
  }

  /** Refuses a message: it would be refused each time, so it need not come again. */
  refuse(session: Session, arrival: Arrival, error: unknown): void {
    if (!isDimError(error) || !isOfInput(error)) throw error;
    this.#count(session, error);
    arrival.settle();
    // Before the login nobody is told anything: whoever it is, may have written any sender.
    if (session.id === undefined) return;
    this.#replies.say(session, session.id, [deliveryReceipt(textOf(error), arrival.received.message)]);
  }

  #count(session: Session, error: DimError): void {
    const { logger, meter } = this.#parts;
    meter.add('refused');
    logger.debug('a message was refused', { host: session.link.host, code: error.code, path: error.path });
    const count = (this.#counts.get(session) ?? 0) + 1;
    this.#counts.set(session, count);
    if (count !== MAX_REFUSED) return;
    meter.add('shut-out');
    logger.info('a client was shut out: too much was refused', { host: session.link.host });
    session.link.close();
  }
}

/** Whether an error says what is wrong with what came, and not with the station. */
function isOfInput({ code }: DimError): boolean {
  return !code.startsWith('STORE_') && !code.startsWith('INTERNAL_') && !code.startsWith('USAGE_');
}

/** What the client shows. */
function textOf({ code, path }: DimError): string {
  if (code === 'CRYPTO_VERIFY') return 'Signature not valid.';
  if (code === 'INPUT_CONFLICT' && path === 'sender') return 'Sender not accepted.';
  return 'Message not accepted.';
}

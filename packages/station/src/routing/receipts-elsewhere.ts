/** Telling those what became of their messages who are at other stations. */
import { ContentType, isDimError, type ID, type JsonMap, type ReliableMessage } from 'dimp';
import { fieldOf } from 'dimp/extend';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import type { Replies } from './replies.ts';
import { tracesOf } from './trace-guard.ts';

/** What the contents are of which nobody is told: receipts are among them. */
const UNTOLD: ReadonlySet<string> = new Set([ContentType.COMMAND, ContentType.HISTORY]);

/** Tells a sender once what became of a message, over the neighbor that has brought it. */
export class ReceiptsElsewhere {
  readonly #parts: StationParts;
  readonly #replies: Replies;
  readonly #told = new WeakSet<Arrival>();

  constructor(parts: StationParts, replies: Replies) {
    this.#parts = parts;
    this.#replies = replies;
  }

  /** @param receipt the first one that says where the message stays is the one that is told */
  say(session: Session, arrival: Arrival, receipt: JsonMap): void {
    const { message } = arrival.received;
    const hasGoneOn = fieldOf(receipt, 'text') === 'Message redirected.';
    if (hasGoneOn || this.#told.has(arrival) || !this.#isToldOf(message)) return;
    this.#told.add(arrival);
    void this.#tell(session, message, receipt);
  }

  /** Whether it is no receipt itself, by its envelope, and has not come back. */
  #isToldOf({ fields }: ReliableMessage): boolean {
    const type = fieldOf(fields, 'type');
    const isKnown = typeof type === 'string' || typeof type === 'number';
    return isKnown && !UNTOLD.has(String(type)) && !tracesOf(fields, this.#parts.self.toString()).isHere;
  }

  async #tell(session: Session, message: ReliableMessage, receipt: JsonMap): Promise<void> {
    try {
      const sender = this.#addressOf(message);
      if (await this.#parts.canAnswer(sender)) this.#replies.say(session, sender, [receipt]);
    } catch (error) {
      const code = isDimError(error) ? error.code : 'other';
      this.#parts.logger.warn('a receipt could not be written', { code });
    }
  }

  /** The sender, at the terminal that its station has named. */
  #addressOf({ sender, fields }: ReliableMessage): ID {
    const from = fieldOf(fields, 'from');
    if (typeof from !== 'string') return sender;
    const id = this.#parts.dim.ID.tryParse(from.startsWith('/') ? `${sender.entity.toString()}${from}` : from);
    return id?.equals(sender) === true ? id : sender;
  }
}

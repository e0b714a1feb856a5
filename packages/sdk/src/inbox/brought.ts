/** Messages in messages: how many of them one may bring, and how deep they may be. Of others' nothing is refused for that. */
import { DimError, type ID, type ReliableMessage } from 'dimp';
import type { Origin, Unread } from './read-messages.ts';

/** How many messages one message may bring, and how deep. As many are read at a time. */
export const MAX_FORWARDED = 1000;
const MAX_DEPTH = 3;

/** How many of the contents that one message brings are answered: a stranger chooses how many there are. */
const MAX_ANSWERS = 16;

/** What a message shares with all that came with it. */
export function originOf({ origin, forwarder, message }: Unread): Origin {
  return origin ?? { by: forwarder ?? message.sender, answers: MAX_ANSWERS, messages: MAX_FORWARDED };
}

/** The messages that others brought and that are still to be read, in the order in which they came. */
export class Brought {
  readonly #refused: (by: ID, error: DimError) => void;
  /** Whose were refused already: one may send many that bring too much, and is told of once. */
  readonly #told = new Set<string>();
  readonly #queue: Unread[] = [];

  /** @param refused is told of whoever brings too many */
  constructor(refused: (by: ID, error: DimError) => void) {
    this.#refused = refused;
  }

  /** The messages in a message; none of them where they are too many. */
  allowed(outer: Unread, origin: Origin, inner: readonly ReliableMessage[]): readonly ReliableMessage[] {
    if (inner.length === 0) return [];
    if (inner.length > origin.messages || (outer.depth ?? 0) >= MAX_DEPTH) {
      this.#refuse(origin.by);
      return [];
    }
    origin.messages -= inner.length;
    return inner;
  }

  /** One is to be read. */
  add(unread: Unread, outer: Unread, origin: Origin): void {
    this.#queue.push({ ...unread, origin, depth: (outer.depth ?? 0) + 1 });
  }

  /** The next ones. */
  take(count: number): readonly Unread[] {
    return this.#queue.splice(0, count);
  }

  #refuse(by: ID): void {
    if (this.#told.has(by.entityKey)) return;
    this.#told.add(by.entityKey);
    this.#refused(by, new DimError('INPUT_LIMIT', 'brings too many messages in messages'));
  }
}

/** The histories of several senders in a bounded room, where nobody is forgotten into being new again. */
import { fairShare, SenderHistory } from './sender-history.ts';

/** After it was full, a pool is emptied to this part, so that it is tidied up once for many messages. */
const FILL = 0.9;

/** How much of the room may be dated in the future: the rest can always be tidied up. */
export const FUTURE_SHARE = 0.5;

/** What is remembered of many senders. */
export class HistoryPool {
  readonly #capacity: number;
  /** Whether whole senders are dropped where they are too many; else all of them share, however many they are. */
  readonly #dropsSenders: boolean;
  readonly #histories = new Map<string, SenderHistory>();
  /** What is dated later than the last time that was asked. */
  readonly #future = new Map<string, number>();
  #earliestFuture = Infinity;
  #size = 0;
  /** The latest time of what was forgotten of senders that are not in the pool. */
  forgotten: number;

  constructor(capacity: number, dropsSenders: boolean, forgotten = 0) {
    this.#capacity = capacity;
    this.#dropsSenders = dropsSenders;
    this.forgotten = forgotten;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether there is no room for another message. */
  get isFull(): boolean {
    return this.#size >= this.#capacity;
  }

  /** Whether there is more than there is room for. */
  get isOverfull(): boolean {
    return this.#size > this.#capacity;
  }

  get histories(): ReadonlyMap<string, SenderHistory> {
    return this.#histories;
  }

  history(sender: string): SenderHistory | undefined {
    return this.#histories.get(sender);
  }

  /** Puts a whole history in, of another pool or of a saved window. */
  put(sender: string, history: SenderHistory, now: number): void {
    this.#histories.set(sender, history);
    this.#size += history.seen.size;
    for (const [id, time] of history.seen) this.#noteFuture(sender, id, time, now);
  }

  /** Takes a history out. */
  take(sender: string): SenderHistory | undefined {
    const history = this.#histories.get(sender);
    if (history === undefined) return undefined;
    this.#histories.delete(sender);
    this.#size -= history.seen.size;
    for (const id of history.seen.keys()) this.#future.delete(futureKey(sender, id));
    return history;
  }

  /** Whether so much is dated in the future that no more of it can be remembered. */
  isFutureFull(now: number): boolean {
    const limit = Math.max(1, this.#capacity * FUTURE_SHARE);
    if (this.#future.size >= limit && this.#earliestFuture <= now) this.#tidyFuture(now);
    return this.#future.size >= limit;
  }

  /** Remembers a message. @param base up to when messages of a sender that is new here are refused */
  add(sender: string, id: string, time: number, base: number, now: number): void {
    let history = this.#histories.get(sender);
    if (history === undefined) this.#histories.set(sender, (history = new SenderHistory(base)));
    history.seen.set(id, time);
    this.#size++;
    this.#noteFuture(sender, id, time, now);
  }

  /** Makes room: what is too old anyway, then whole senders where they are too many, then the oldest of the largest. */
  tidyUp(now: number, tooOld: number): void {
    for (const history of this.#histories.values()) history.forgetBefore(tooOld);
    this.#tidyFuture(now);
    // What is dated in the future stays. If it did not count, the pool would be full again with the next message.
    const room = Math.max(1, Math.floor(this.#capacity * FILL) - this.#future.size);
    if (this.#dropsSenders) this.#dropSenders(room, now);
    const histories = [...this.#histories.values()];
    const share = fairShare(
      histories.map((history) => history.pastSize(now)),
      room,
    );
    for (const history of histories) history.keepNewest(share, now);
    this.#size = histories.reduce((size, { seen }) => size + seen.size, 0);
  }

  /** A horizon in the future is that of a clock that was wrong: it counts up to now, and so heals by itself. */
  heal(now: number): void {
    if (this.forgotten > now) this.forgotten = now;
  }

  /** Drops those of whom nothing is remembered, and the longest silent ones until there is room for the others. */
  #dropSenders(room: number, now: number): void {
    const silentFirst = [...this.#histories]
      .map(([sender, history]) => ({ sender, latest: history.latest, isEmpty: history.seen.size === 0 }))
      .filter(({ latest }) => latest <= now)
      .sort((one, other) => one.latest - other.latest);
    let tooMany = silentFirst.length - room;
    for (const { sender, latest, isEmpty } of silentFirst) {
      if (!isEmpty && tooMany <= 0) continue;
      // What was forgotten of one counts for all who are not in the pool, as nobody remembers who it was.
      this.forgotten = Math.max(this.forgotten, latest);
      this.#histories.delete(sender);
      tooMany--;
    }
  }

  #noteFuture(sender: string, id: string, time: number, now: number): void {
    if (time <= now) return;
    this.#future.set(futureKey(sender, id), time);
    this.#earliestFuture = Math.min(this.#earliestFuture, time);
  }

  #tidyFuture(now: number): void {
    this.#earliestFuture = Infinity;
    for (const [key, time] of this.#future) {
      if (time <= now) this.#future.delete(key);
      else this.#earliestFuture = Math.min(this.#earliestFuture, time);
    }
  }
}

function futureKey(sender: string, id: string): string {
  return `${sender} ${id}`;
}

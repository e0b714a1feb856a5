/** Replay window: remembers in bounded memory which messages were read, so that nobody can have one read twice. */
import { DimError, type ID } from 'mkm';
import { typeName } from 'mkm/extend';
import { timeBy } from 'mkm/internal';
import { HistoryPool } from './history-pool.ts';
import { pairKey, type ReadMark } from './read-mark.ts';
import { SenderHistory } from './sender-history.ts';

/** How far a window reaches. All times are in seconds. */
export interface ReplayWindowOptions {
  /** How old what is remembered may be; 30 days, if not given. Older marks are the first to go when it is full. */
  readonly maxAge?: number;
  /** How many messages are remembered of contacts, and how many of strangers; 100,000 each, some 150 bytes a message. */
  readonly capacity?: number;
  /** The time now, in seconds since 1970. */
  readonly clock?: () => number;
}

/**
 * What is known of a mark: `new`; `read` before; `forgotten`: too long ago to tell; `early`: dated in the future, of which
 * no more can be remembered for now.
 */
export type ReadState = 'new' | 'read' | 'forgotten' | 'early';

/** A window as JSON, to be kept where the application keeps its messages. */
export interface SavedReplayWindow {
  readonly version: 2;
  /** The latest time of what was forgotten of strangers that are not in the list. */
  readonly forgotten: number;
  /** Each contact, and up to when its messages may have been forgotten while it was a stranger. */
  readonly contacts: readonly (readonly [sender: string, forgotten: number])[];
  /** For each reader and sender: the latest time of what was forgotten, and what is remembered, each with its time. */
  readonly senders: readonly SavedHistory[];
}

type SavedHistory = readonly [
  readerAndSender: string,
  forgotten: number,
  seen: readonly (readonly [id: string, time: number])[],
];

const DAY = 24 * 60 * 60;

/**
 * Tells a message that was read before: by reader, sender and a hash of its data. It goes by the time in
 * the content, which the sender signed, and never by the envelope's.
 *
 * Memory is bounded, and a full window forgets without ever taking a repeated message for a new one: what is not newer
 * than something forgotten counts as forgotten. Contacts have a room of their own, and each its own horizon: however
 * many strangers write, and however they date it, nothing that a contact writes is refused for it. Among strangers, those
 * with the most messages are forgotten first, and then those whose last message is the oldest.
 *
 * @example
 * ```ts
 * import { ReplayWindow } from 'dkd';
 *
 * const window = new ReplayWindow({ capacity: 10_000 });
 * const saved = JSON.stringify(window);
 * const restored = ReplayWindow.restore(JSON.parse(saved));
 * ```
 */
export class ReplayWindow {
  readonly #maxAge: number;
  readonly #clock: () => number;
  readonly #strangers: HistoryPool;
  readonly #contactPool: HistoryPool;
  /** By sender: up to when a contact's messages may have been forgotten before it was one. */
  readonly #contacts = new Map<string, number>();

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(options: ReplayWindowOptions = {}) {
    this.#maxAge = positive('maxAge', options.maxAge ?? 30 * DAY);
    const capacity = positive('capacity', options.capacity ?? 100_000);
    this.#strangers = new HistoryPool(capacity, true);
    this.#contactPool = new HistoryPool(capacity, false);
    const { clock } = options;
    this.#clock = () => timeBy(clock);
    this.#clock();
  }

  /** How many messages are remembered. */
  get size(): number {
    return this.#strangers.size + this.#contactPool.size;
  }

  /** Gives a sender room among the contacts, where no stranger can push it out. */
  know(sender: ID): void {
    if (this.#contacts.has(sender.entityKey)) return;
    const now = this.#heal();
    this.#contacts.set(sender.entityKey, this.#strangers.forgotten);
    const pairs = [...this.#strangers.histories.keys()].filter((pair) => pair.endsWith(` ${sender.entityKey}`));
    for (const pair of pairs) {
      const history = this.#strangers.take(pair);
      if (history !== undefined) this.#contactPool.put(pair, history, now);
    }
    if (this.#contactPool.isOverfull) this.#contactPool.tidyUp(now, now - this.#maxAge);
  }

  /** What is known of a mark. It remembers nothing: see {@link ReplayWindow.add}. */
  stateOf(mark: ReadMark): ReadState {
    const now = this.#heal();
    const { pool, base } = this.#roomOf(mark.sender);
    const history = pool.history(pairKey(mark.reader, mark.sender));
    history?.heal(now);
    if (history?.seen.has(mark.id) === true) return 'read';
    if (mark.time <= (history?.forgotten ?? base)) return 'forgotten';
    return mark.time > now && pool.isFutureFull(now) ? 'early' : 'new';
  }

  /**
   * Remembers a mark.
   * @throws DimError `INPUT_REPLAY` when it is there already
   */
  add(mark: ReadMark): void {
    const { pool } = this.#roomOf(mark.sender);
    const pair = pairKey(mark.reader, mark.sender);
    if (pool.history(pair)?.seen.has(mark.id) === true)
      throw new DimError('INPUT_REPLAY', 'the message was read before');
    const now = this.#heal();
    if (pool.isFull) pool.tidyUp(now, now - this.#maxAge);
    // Only now: it may be this very sender who was forgotten to make room.
    const { base } = this.#roomOf(mark.sender);
    pool.add(pair, mark.id, mark.time, base, now);
  }

  /** The window as JSON; {@link ReplayWindow.restore} reads it. */
  toJSON(): SavedReplayWindow {
    const senders = [...this.#strangers.histories, ...this.#contactPool.histories].map(
      ([pair, { forgotten, seen }]) => [pair, forgotten, [...seen]] as const,
    );
    return { version: 2, forgotten: this.#strangers.forgotten, contacts: [...this.#contacts], senders };
  }

  /**
   * The window that was saved, with options of its own.
   * @throws DimError `USAGE_ARGUMENT` when it is not what {@link ReplayWindow.toJSON} gave
   */
  static restore(saved: unknown, options: ReplayWindowOptions = {}): ReplayWindow {
    if (!isSaved(saved)) throw new DimError('USAGE_ARGUMENT', 'must be a saved replay window', { path: 'saved' });
    const window = new ReplayWindow(options);
    window.#strangers.forgotten = saved.forgotten;
    for (const [sender, forgotten] of saved.contacts) window.#contacts.set(sender, forgotten);
    const now = window.#heal();
    for (const [pair, forgotten, seen] of saved.senders) {
      const isContact = window.#contacts.has(pair.slice(pair.indexOf(' ') + 1));
      (isContact ? window.#contactPool : window.#strangers).put(pair, new SenderHistory(forgotten, seen), now);
    }
    for (const pool of [window.#strangers, window.#contactPool])
      if (pool.isOverfull) pool.tidyUp(now, now - window.#maxAge);
    return window;
  }

  /** The pool of a sender, and up to when its messages are refused where nothing else is remembered of it. */
  #roomOf(sender: ID): { readonly pool: HistoryPool; readonly base: number } {
    const base = this.#baseOf(sender.entityKey);
    return base === undefined
      ? { pool: this.#strangers, base: this.#strangers.forgotten }
      : { pool: this.#contactPool, base };
  }

  /** Up to when messages of a contact are refused of which nothing else is remembered; undefined for strangers. */
  #baseOf(contact: string): number | undefined {
    const base = this.#contacts.get(contact);
    const now = this.#clock();
    if (base === undefined || base <= now) return base;
    // As what was forgotten of strangers: it heals once, and not up to each new time.
    this.#contacts.set(contact, now);
    return now;
  }

  #heal(): number {
    const now = this.#clock();
    this.#strangers.heal(now);
    return now;
  }
}

function positive(name: string, value: number): number {
  if (typeof value !== 'number' || !(value > 0)) {
    throw new DimError('USAGE_ARGUMENT', `must be more than 0, not ${typeName(value)}`, { path: name });
  }
  return value;
}

function isSaved(saved: unknown): saved is SavedReplayWindow {
  if (typeof saved !== 'object' || saved === null) return false;
  const { version, forgotten, contacts, senders } = saved as Partial<Record<keyof SavedReplayWindow, unknown>>;
  return (
    version === 2 &&
    isTime(forgotten) &&
    Array.isArray(contacts) &&
    contacts.every(isTextAndTime) &&
    Array.isArray(senders) &&
    senders.every(isSavedHistory)
  );
}

function isSavedHistory(saved: unknown): saved is SavedHistory {
  if (!Array.isArray(saved) || saved.length !== 3) return false;
  const [pair, forgotten, seen] = saved as readonly unknown[];
  return typeof pair === 'string' && isTime(forgotten) && Array.isArray(seen) && seen.every(isTextAndTime);
}

function isTextAndTime(saved: unknown): saved is readonly [string, number] {
  if (!Array.isArray(saved) || saved.length !== 2) return false;
  const [text, time] = saved as readonly unknown[];
  return typeof text === 'string' && isTime(time);
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Replay window: remembers which messages were read, so that nobody can have one read twice. */
import { currentTime, describe, DimError, encodeBase64 } from 'mkm';
import { sha256 } from '#sha256';
import type { Content } from '../content.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';
import { fairShare, SenderHistory } from './sender-history.ts';

/** How far a window reaches. All times are in seconds. */
export interface ReplayWindowOptions {
  /** How old a content may be; 30 days, if not given. */
  readonly maxAge?: number;
  /** How far the sender's clock may be ahead of ours; 5 minutes, if not given. */
  readonly maxSkew?: number;
  /** How many messages are remembered; 100,000, if not given. Each takes some 150 bytes. */
  readonly capacity?: number;
  /** The time now, in seconds since 1970. */
  readonly clock?: () => number;
}

/** A window as JSON, to be kept where the application keeps its messages. */
export interface SavedReplayWindow {
  readonly version: 1;
  /** The latest time of what was forgotten of senders that are not in the list. */
  readonly forgotten: number;
  /** For each sender: the latest time of what was forgotten, and what is remembered, each with its time. */
  readonly senders: readonly SavedHistory[];
}

type SavedHistory = readonly [
  sender: string,
  forgotten: number,
  seen: readonly (readonly [id: string, time: number])[],
];

const DAY = 24 * 60 * 60;
/** After it was full, a window is emptied to this part, so that it is tidied up once for many messages. */
const FILL = 0.9;

/**
 * Tells a message that was read before: by sender, serial number and a hash of its data. It goes by the time in the
 * content, which the sender signed, and never by the envelope's.
 *
 * Memory is bounded, and a full window forgets without ever taking a repeated message for a new one: what is not newer
 * than something forgotten is refused. The senders with the most messages are forgotten first, so that one who floods
 * the window gets only its own late messages refused.
 *
 * @example
 * ```ts
 * import { ReplayWindow } from 'dkd';
 *
 * const window = new ReplayWindow({ maxAge: 7 * 24 * 60 * 60 });
 * const saved = JSON.stringify(window);
 * const restored = ReplayWindow.restore(JSON.parse(saved));
 * ```
 */
export class ReplayWindow {
  readonly #maxAge: number;
  readonly #maxSkew: number;
  readonly #capacity: number;
  readonly #clock: () => number;
  readonly #senders = new Map<string, SenderHistory>();
  #forgotten = 0;
  #size = 0;

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(options: ReplayWindowOptions = {}) {
    this.#maxAge = positive('maxAge', options.maxAge ?? 30 * DAY);
    this.#maxSkew = positive('maxSkew', options.maxSkew ?? 300);
    this.#capacity = positive('capacity', options.capacity ?? 100_000);
    this.#clock = options.clock ?? currentTime;
  }

  /** How many messages are remembered. */
  get size(): number {
    return this.#size;
  }

  /**
   * Remembers a message that was verified and decrypted.
   * @throws DimError `INPUT_REPLAY` when it was read before; `INPUT_TIME` when its content has no time, or one that is
   * in the future or too long ago
   */
  admit(message: ReliableMessage, content: Content): void {
    const sender = message.sender.entityKey;
    const id = identify(message, content);
    const known = this.#senders.get(sender);
    if (known?.seen.has(id) === true) throw new DimError('INPUT_REPLAY', 'the message was read before');
    const now = this.#clock();
    const time = this.#checkTime(content.time, now, known?.forgotten ?? this.#forgotten);
    if (this.#size >= this.#capacity) this.#tidyUp(now);
    this.#historyOf(sender).seen.set(id, time);
    this.#size++;
  }

  /** Forgets a message that could not be processed after all, so that it can come again. */
  release(message: ReliableMessage, content: Content): void {
    if (this.#senders.get(message.sender.entityKey)?.seen.delete(identify(message, content)) === true) this.#size--;
  }

  /** The window as JSON; {@link ReplayWindow.restore} reads it. */
  toJSON(): SavedReplayWindow {
    const senders = [...this.#senders].map(([sender, { forgotten, seen }]) => [sender, forgotten, [...seen]] as const);
    return { version: 1, forgotten: this.#forgotten, senders };
  }

  /**
   * The window that was saved, with options of its own.
   * @throws DimError `USAGE_ARGUMENT` when it is not what {@link ReplayWindow.toJSON} gave
   */
  static restore(saved: unknown, options: ReplayWindowOptions = {}): ReplayWindow {
    if (!isSaved(saved)) throw new DimError('USAGE_ARGUMENT', 'must be a saved replay window', { path: 'saved' });
    const window = new ReplayWindow(options);
    window.#forgotten = saved.forgotten;
    for (const [sender, forgotten, seen] of saved.senders) {
      window.#senders.set(sender, new SenderHistory(forgotten, seen));
    }
    window.#size = window.#count();
    if (window.#size > window.#capacity) window.#tidyUp(window.#clock());
    return window;
  }

  #checkTime(time: number | undefined, now: number, forgotten: number): number {
    if (time === undefined) throw new DimError('INPUT_TIME', 'is needed to tell a repeated message', { path: TIME });
    if (time > now + this.#maxSkew) throw new DimError('INPUT_TIME', 'is in the future', { path: TIME });
    if (time < now - this.#maxAge || time <= forgotten)
      throw new DimError('INPUT_TIME', 'is too long ago to tell a repeated message', { path: TIME });
    return time;
  }

  #historyOf(sender: string): SenderHistory {
    const history = this.#senders.get(sender) ?? new SenderHistory(this.#forgotten);
    this.#senders.set(sender, history);
    return history;
  }

  /** Makes room: first what is too old anyway, then whole senders where they are too many, then the oldest of most. */
  #tidyUp(now: number): void {
    const room = Math.floor(this.#capacity * FILL);
    for (const history of this.#senders.values()) history.forgetBefore(now - this.#maxAge);
    this.#dropSenders(room);
    const histories = [...this.#senders.values()];
    const share = fairShare(
      histories.map(({ seen }) => seen.size),
      room,
    );
    for (const history of histories) history.keepNewest(share);
    this.#size = this.#count();
  }

  #count(): number {
    return [...this.#senders.values()].reduce((size, { seen }) => size + seen.size, 0);
  }

  /** Drops those of whom nothing is remembered, and the longest silent ones until there is room for the others. */
  #dropSenders(room: number): void {
    const silentFirst = [...this.#senders]
      .map(([sender, history]) => ({ sender, latest: history.latest, empty: history.seen.size === 0 }))
      .sort((one, other) => one.latest - other.latest);
    let tooMany = this.#senders.size - room;
    for (const { sender, latest, empty } of silentFirst) {
      if (!empty && tooMany <= 0) continue;
      // What was forgotten of one counts for all who are not in the list, as nobody remembers who it was.
      this.#forgotten = Math.max(this.#forgotten, latest);
      this.#senders.delete(sender);
      tooMany--;
    }
  }
}

const TIME = 'content.time';

function identify(message: ReliableMessage, content: Content): string {
  // Half of the digest is enough against collisions that somebody makes on purpose: nobody gains by one.
  return `${content.sn} ${encodeBase64(sha256(message.dataBytes).subarray(0, 16))}`;
}

function positive(name: string, value: number): number {
  if (typeof value !== 'number' || !(value > 0)) {
    throw new DimError('USAGE_ARGUMENT', `must be more than 0, not ${describe(value)}`, { path: name });
  }
  return value;
}

function isSaved(saved: unknown): saved is SavedReplayWindow {
  if (typeof saved !== 'object' || saved === null) return false;
  const { version, forgotten, senders } = saved as Partial<Record<keyof SavedReplayWindow, unknown>>;
  return version === 1 && isTime(forgotten) && Array.isArray(senders) && senders.every(isSavedHistory);
}

function isSavedHistory(saved: unknown): saved is SavedHistory {
  if (!Array.isArray(saved) || saved.length !== 3) return false;
  const [sender, forgotten, seen] = saved as readonly unknown[];
  return typeof sender === 'string' && isTime(forgotten) && Array.isArray(seen) && seen.every(isSeen);
}

function isSeen(saved: unknown): saved is readonly [string, number] {
  if (!Array.isArray(saved) || saved.length !== 2) return false;
  const [id, time] = saved as readonly unknown[];
  return typeof id === 'string' && isTime(time);
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

/**
 * Payloads that were sent over a WebSocket, and are not known to have arrived.
 *
 * Deployed stations acknowledge nothing that clients send in this framing. But they answer each `PING` with a `PONG`, and read
 * what comes in its order: so what was sent before a `PING` is there when its `PONG` is. Many payloads share one `PING`: there
 * is the next one when the one before was answered.
 */
import type { Clock } from '../ports/clock.ts';
import { SendWindow, type WindowBounds } from './send-window.ts';

/** A `PING` without an answer for so many seconds is given up, as what MTP sends is. */
const GIVE_UP_AFTER = 360;

/** A payload on its way. */
interface Sent {
  readonly size: number;
  readonly done: () => void;
}

/** A `PING`, and what was sent before it. */
interface Question {
  readonly covers: readonly Sent[];
  askedAt: number;
}

/** Those of one connection. */
export class WebSocketSends {
  readonly #say: (text: string) => void;
  readonly #clock: Clock;
  readonly #window: SendWindow;
  readonly #questions: Question[] = [];
  /** Those that no `PING` was sent after. */
  #uncovered: Sent[] = [];
  readonly #rejects = new Set<(error: Error) => void>();
  #watchers: (() => void)[] = [];

  /** @param say sends a text */
  constructor(say: (text: string) => void, clock: Clock, bounds: WindowBounds) {
    this.#say = say;
    this.#clock = clock;
    this.#window = new SendWindow(bounds);
  }

  /** Whether all are known to have arrived. */
  get isIdle(): boolean {
    return this.#rejects.size === 0;
  }

  /** Settles when none is awaited any longer. */
  async idle(): Promise<void> {
    if (!this.isIdle) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Sends a payload when it is its turn. @param size its bytes. @returns when it is known to have arrived */
  async send(text: string, size: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#rejects.add(reject);
      const done = (): void => {
        this.#rejects.delete(reject);
        resolve();
        if (this.isIdle) this.#wake();
      };
      this.#window.enter(size, () => this.#start(text, { size, done }));
    });
  }

  /** Sends a `PING`. */
  ask(): void {
    this.#questions.push({ covers: this.#uncovered, askedAt: this.#clock.now() });
    this.#uncovered = [];
    this.#say('PING');
  }

  /** There was a `PONG`. One that answers nothing is ignored. */
  answered(): void {
    const question = this.#questions.shift();
    if (question === undefined) return;
    for (const { done } of question.covers) done();
    for (const { size } of question.covers) this.#window.leave(size);
    this.#askSoon();
  }

  /** Whether one is to be given up: the other side does not do what it should. */
  isOverdue(now: number): boolean {
    const [oldest] = this.#questions;
    if (oldest === undefined) return false;
    // A clock that is set back does not make it wait for longer.
    oldest.askedAt = Math.min(oldest.askedAt, now);
    return now >= oldest.askedAt + GIVE_UP_AFTER;
  }

  /** Those that wait for their turn need not wait any longer. */
  hurry(): void {
    this.#window.open();
  }

  /** None is known to arrive. */
  fail(error: Error): void {
    this.#window.clear();
    this.#questions.length = 0;
    this.#uncovered = [];
    for (const reject of this.#rejects) reject(error);
    this.#rejects.clear();
    this.#wake();
  }

  #start(text: string, sent: Sent): void {
    this.#say(text);
    this.#uncovered.push(sent);
    this.#askSoon();
  }

  /** Not at once: what is sent right after it shares the question. */
  #askSoon(): void {
    queueMicrotask(() => {
      if (this.#uncovered.length > 0 && this.#questions.length === 0) this.ask();
    });
  }

  #wake(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/** One box on its way to one terminal: in order, a window at a time, and again from the start at the next login. */
import type { Box, Mailbox, StoredMessage } from '../ports/mailbox.ts';

/** As much may be on its way to one terminal, without its word that it has it. */
const WINDOW = 64;
const WINDOW_BYTES = 1024 * 1024;

/** What a stream does with messages. */
export interface StreamUser {
  /** Sends a message. @param acknowledged says that the terminal has it */
  send(message: StoredMessage, acknowledged: () => void): void;
  /** The terminal has a message. */
  acknowledged(box: Box, position: number): void;
  /** The engine failed: nothing more goes out. */
  failed(error: unknown): void;
}

/** Sends what is in a box, and what comes into it. */
export class BoxStream {
  readonly box: Box;
  readonly #mailbox: Mailbox;
  readonly #user: StreamUser;
  /** Up to where it was sent. */
  #sentTo = 0;
  #waiting = 0;
  #waitingBytes = 0;
  /** Whether all that is in the box was sent. */
  #isAtEnd = false;
  /** Whether something was put into it since the last look. */
  #hasMore = false;
  #isReading = false;
  #isStopped = false;
  #isGivenUp = false;

  constructor(box: Box, mailbox: Mailbox, user: StreamUser) {
    this.box = box;
    this.#mailbox = mailbox;
    this.#user = user;
  }

  /** Begins, or goes on, to send. */
  start(): void {
    this.#isStopped = false;
    void this.#read();
  }

  /** Sends nothing more; what it has sent may be acknowledged still. */
  stop(): void {
    this.#isStopped = true;
    this.#isAtEnd = false;
  }

  /** The box is another terminal's: nothing more goes out, and nothing is removed by this one's word. */
  giveUp(): void {
    this.stop();
    this.#isGivenUp = true;
  }

  /** Something was put into the box. They are told of in the order of their positions. */
  added(message: StoredMessage): void {
    if (this.#isStopped || message.position <= this.#sentTo) return;
    if (this.#isAtEnd && !this.#isFull) return this.#send(message);
    // It is found in its turn.
    this.#isAtEnd = false;
    this.#hasMore = true;
  }

  get #isFull(): boolean {
    return this.#waiting >= WINDOW || this.#waitingBytes >= WINDOW_BYTES;
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (!this.#isStopped && !this.#isAtEnd && !this.#isFull) await this.#readSome();
    } catch (error) {
      this.#isStopped = true;
      this.#user.failed(error);
    } finally {
      this.#isReading = false;
    }
  }

  async #readSome(): Promise<void> {
    const room = { messages: WINDOW - this.#waiting, bytes: Math.max(1, WINDOW_BYTES - this.#waitingBytes) };
    this.#hasMore = false;
    const found = await this.#mailbox.read(this.box, this.#sentTo, room);
    if (this.#isStopped) return;
    for (const message of found) this.#send(message);
    // What came in the meantime may not be among what was found.
    this.#isAtEnd = found.length === 0 && !this.#hasMore;
  }

  #send(message: StoredMessage): void {
    const { position, bytes } = message;
    this.#sentTo = position;
    this.#waiting += 1;
    this.#waitingBytes += bytes.length;
    this.#user.send(message, () => {
      this.#waiting -= 1;
      this.#waitingBytes -= bytes.length;
      if (this.#isGivenUp) return;
      this.#user.acknowledged(this.box, position);
      if (!this.#isAtEnd && !this.#isFull) void this.#read();
    });
  }
}

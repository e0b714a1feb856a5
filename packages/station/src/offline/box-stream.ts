/** One box on its way to one terminal: in order, a window at a time, and again from the start at the next login. */
import type { Box, Mailbox, StoredMessage } from '../ports/mailbox.ts';
import type { SendWindow } from './send-window.ts';

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
  readonly #window: SendWindow;
  /** Up to where it was sent. */
  #sentTo = 0;
  /** Whether all that is in the box was sent. */
  #isAtEnd = false;
  /** Whether something was put into it since the last look. */
  #hasMore = false;
  #isReading = false;
  /** Whether there may be room for something. */
  #mayGoOn = false;
  /** Bytes of what is to go out next, as far as that is known. */
  #needed = 1;
  #isStopped = false;
  #isGivenUp = false;

  /** @param window that of the terminal */
  constructor(box: Box, mailbox: Mailbox, user: StreamUser, window: SendWindow) {
    this.box = box;
    this.#mailbox = mailbox;
    this.#user = user;
    this.#window = window;
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
    if (this.#isAtEnd && this.#window.hasRoom(message.bytes.length)) return this.#send(message);
    // It is found in its turn.
    this.#isAtEnd = false;
    this.#hasMore = true;
    this.#waitForRoom();
  }

  async #read(): Promise<void> {
    this.#mayGoOn = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (!this.#isStopped && !this.#isAtEnd && this.#mayGoOn) {
        this.#mayGoOn = false;
        await this.#readSome();
      }
    } catch (error) {
      this.#isStopped = true;
      this.#user.failed(error);
    } finally {
      this.#isReading = false;
    }
  }

  async #readSome(): Promise<void> {
    if (!this.#window.hasRoom(this.#needed)) return this.#waitForRoom();
    this.#hasMore = false;
    const found = await this.#mailbox.read(this.box, this.#sentTo, this.#window.room);
    if (this.#isStopped) return;
    for (const message of found) {
      // Another box of the terminal may have taken the room, and one message is read however large it is.
      this.#needed = message.bytes.length;
      if (!this.#window.hasRoom(this.#needed)) return this.#waitForRoom();
      this.#send(message);
    }
    this.#needed = 1;
    // What came in the meantime may not be among what was found.
    this.#isAtEnd = found.length === 0 && !this.#hasMore;
    this.#mayGoOn = true;
  }

  #waitForRoom(): void {
    this.#window.whenReleased(this.#wake);
  }

  readonly #wake = (): void => void this.#read();

  #send(message: StoredMessage): void {
    const { position, bytes } = message;
    this.#sentTo = position;
    this.#window.take(bytes.length);
    this.#user.send(message, () => {
      if (!this.#isGivenUp) this.#user.acknowledged(this.box, position);
      this.#window.release(bytes.length);
    });
  }
}

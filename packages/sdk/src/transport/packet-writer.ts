/** Writes packets to a stream, one after the other. */
import type { ByteStream } from './byte-stream.ts';

/** While more bytes of answers than that wait to be written, no more is read that would have to be answered. */
const MOST_ANSWERS = 1024 * 1024;

/** What waits to be written. */
interface Item {
  readonly bytes: Uint8Array;
  readonly isAnswer: boolean;
  readonly written: (() => void) | undefined;
}

/** Who is told of what happens. */
export interface PacketWriterEvents {
  /** Something was written. */
  wrote(): void;
  /** The stream cannot be written to any longer. */
  failed(error: unknown): void;
}

/** In order. What waits is bounded by those who write: sends by their window, answers by what is read. */
export class PacketWriter {
  readonly #stream: ByteStream;
  readonly #events: PacketWriterEvents;
  #items: Item[] = [];
  #answers = 0;
  #isWriting = false;
  #isOver = false;
  #watchers: (() => void)[] = [];

  constructor(stream: ByteStream, events: PacketWriterEvents) {
    this.#stream = stream;
    this.#events = events;
  }

  /** Whether there are as many answers as may wait. */
  get isFull(): boolean {
    return this.#answers > MOST_ANSWERS;
  }

  /** Writes what the other side waits for, be it an answer or a question whether it is there. */
  answer(bytes: Uint8Array): void {
    this.#answers += bytes.length;
    this.#add({ bytes, isAnswer: true, written: undefined });
  }

  /** Writes a message. @param written called once the network has it */
  send(bytes: Uint8Array, written: () => void): void {
    this.#add({ bytes, isAnswer: false, written });
  }

  /** Settles when there is room for answers, or nothing is written any longer. */
  async room(): Promise<void> {
    while (this.isFull && !this.#isOver) await this.#change();
  }

  /** Settles when all is written, or nothing is written any longer. */
  async idle(): Promise<void> {
    while (this.#isWriting && !this.#isOver) await this.#change();
  }

  /** Nothing is written any longer, but for what the network has taken. */
  end(): void {
    this.#isOver = true;
    this.#items = [];
    this.#wake();
  }

  #add(item: Item): void {
    if (this.#isOver) return;
    this.#items.push(item);
    if (!this.#isWriting) void this.#write();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#items.length > 0) await this.#writeAll(this.#items.splice(0));
    } catch (error) {
      this.#events.failed(error);
    } finally {
      this.#isWriting = false;
      this.#wake();
    }
  }

  async #writeAll(items: readonly Item[]): Promise<void> {
    for (const { bytes, isAnswer, written } of items) {
      if (this.#isOver) return;
      await this.#stream.write(bytes);
      if (isAnswer) this.#answers -= bytes.length;
      this.#events.wrote();
      written?.();
      this.#wake();
    }
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  #wake(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

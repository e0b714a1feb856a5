/** The bytes of a socket of Node: TCP, or TLS over it. */
import type { Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { MOMENT } from '../transport/lifetime.ts';

/** A `read` that waits. */
interface Reader {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** A stream of bytes. The socket must let either side end by itself: `allowHalfOpen`. */
export class TcpStream implements ByteStream {
  readonly name: string;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #closed: Promise<void>;
  /** What came and was not read: no more than was on its way when reading stopped. */
  #pieces: Uint8Array[] = [];
  #reader: Reader | undefined;
  #error: Error | undefined;
  #isOver = false;
  #isClosing = false;

  /** @param socket a connected one */
  constructor(socket: Socket, name: string, clock: Clock) {
    this.name = name;
    this.#socket = socket;
    this.#clock = clock;
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#over(undefined);
        resolve();
      });
    });
    socket.setNoDelay(true);
    socket.pause();
    socket.on('data', (bytes: Uint8Array) => this.#take(bytes));
    socket.once('end', () => this.#over(undefined));
    socket.on('error', (error) => this.#over(error));
  }

  async read(): Promise<Uint8Array | undefined> {
    const piece = this.#pieces.shift();
    if (piece !== undefined) return piece;
    if (this.#error !== undefined) throw this.#error;
    if (this.#isOver) return undefined;
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
      this.#socket.resume();
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      // It is called in either case; of what was destroyed, with an error.
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#pieces = [];
    this.#socket.end();
    // With bytes that nobody reads, the system would reset the connection, and the last ones written could be lost.
    this.#socket.resume();
    const over = new AbortController();
    const moment = this.#clock.wait(MOMENT, over.signal).catch(() => undefined);
    await Promise.race([this.#closed, moment]);
    over.abort();
    this.#socket.destroy();
    await this.#closed;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(bytes: Uint8Array): void {
    if (this.#isClosing) return;
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) this.#pieces.push(bytes);
    else reader.resolve(bytes);
    this.#socket.pause();
  }

  #over(error: Error | undefined): void {
    this.#isOver = true;
    this.#error ??= error;
    const reader = this.#reader;
    this.#reader = undefined;
    if (this.#error !== undefined) reader?.reject(this.#error);
    else reader?.resolve(undefined);
  }
}

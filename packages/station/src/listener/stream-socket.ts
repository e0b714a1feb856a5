/** A socket of TCP or TLS, for a link whose framing reads a stream of bytes. */
import type { Socket } from 'node:net';
import type { LinkSocket } from '../link/link-socket.ts';

/** Several packets are copied into one piece, up to so many bytes. */
const COPIED_BYTES = 64 * 1024;

/** Writes to it. Who reads from it is none of its concern. */
export class StreamSocket implements LinkSocket {
  readonly host: string;
  readonly port: number;
  readonly #socket: Socket;

  constructor(socket: Socket, host: string, port: number) {
    this.#socket = socket;
    this.host = host;
    this.port = port;
  }

  write(units: readonly Uint8Array[], taken: () => void): void {
    // It is called in either case; of what failed, with an error.
    const written = (error?: Error | null): void => {
      if (error === undefined || error === null) taken();
    };
    const bytes = units.reduce((sum, { length }) => sum + length, 0);
    const [first] = units;
    if (units.length === 1 && first !== undefined) this.#socket.write(first, written);
    else if (bytes <= COPIED_BYTES) this.#socket.write(Buffer.concat(units, bytes), written);
    else {
      this.#socket.cork();
      units.forEach((unit, index) => this.#socket.write(unit, index === units.length - 1 ? written : undefined));
      this.#socket.uncork();
    }
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
    // With bytes that nobody reads, the system would reset the connection, and the last ones written could be lost.
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

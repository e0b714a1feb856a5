/** A socket of TCP or TLS, for a link whose framing reads a stream of bytes. */
import type { Socket } from 'node:net';
import type { LinkSocket } from '../link/link-socket.ts';

const NOTHING = new Uint8Array(0);

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
    const [first = NOTHING] = units;
    // Several are small: a copy costs less than to give the system each by itself.
    this.#socket.write(units.length === 1 ? first : Buffer.concat(units), written);
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

/** A WebSocket of `ws`, for a link whose messages are frames. */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { PingingSocket } from '../link/link-socket.ts';
import type { LinkEnd } from '../ports/link.ts';

/** Of RFC 6455, section 7.4: a plain end, a station that goes away, something that it does not allow. */
const CODES: Readonly<Partial<Record<LinkEnd, number>>> = { closed: 1001, refused: 1008 };
const PLAIN_END = 1000;

/** Writes to it. Who reads from it is none of its concern. */
export class FrameSocket implements PingingSocket {
  readonly host: string;
  readonly port: number;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;

  /** @param socket what the WebSocket is over */
  constructor(webSocket: WebSocket, socket: Socket, host: string, port: number) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.host = host;
    this.port = port;
  }

  write(units: readonly Uint8Array[], taken: () => void): void {
    const written = (error?: Error | null): void => {
      if (error === undefined || error === null) taken();
    };
    // All frames in one piece.
    this.#socket.cork();
    units.forEach((unit, index) =>
      this.#webSocket.send(unit, { binary: false }, index === units.length - 1 ? written : undefined),
    );
    this.#socket.uncork();
  }

  ping(payload: Uint8Array): void {
    // Of one that is over, it is told by its end.
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping(payload);
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  end(end: LinkEnd): void {
    // Without reading, the answer to it would never be seen.
    this.#webSocket.resume();
    this.#webSocket.close(CODES[end] ?? PLAIN_END);
  }

  destroy(): void {
    this.#webSocket.terminate();
  }
}

/** The code with which an error of `ws` is one of the client's: what it sent is too large, or no frame. */
export function isWrongFrame(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && code.startsWith('WS_ERR_');
}

/** Connections that only want to be in the way: what they begin, and that there are always as many. */
import { connect, type Socket } from 'node:net';
import { encodePacket } from 'dimsdk/internal';
import { below, type chance } from 'network/chance';

type Numbers = ReturnType<typeof chance>;

const WEB_SOCKET = Buffer.from(
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);
const PING = encodePacket({ type: 'command', transaction: 1n, body: new Uint8Array(4) });
/** The beginnings of four mebibytes. */
const PACKET = encodePacket({ type: 'message', transaction: 1n, body: new Uint8Array(4 * 1024 * 1024 - 64) }).subarray(
  0,
  64,
);
const FRAME = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x3f, 0, 0, 1, 2, 3, 4]);

export const garbage = (numbers: Numbers, size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, () => below(numbers, 256)));

/** A part of what a client says first, or nothing. */
export function halfOpen(numbers: Numbers): Buffer {
  const begins = [Buffer.from(PING), WEB_SOCKET];
  return (begins[below(numbers, begins.length)] ?? WEB_SOCKET).subarray(0, below(numbers, 12));
}

/** What is nothing, or has a beginning and no end. */
export function endless(numbers: Numbers): Buffer {
  const begins = [() => garbage(numbers, 200), () => Buffer.from(PACKET), () => Buffer.concat([WEB_SOCKET, FRAME])];
  return begins[below(numbers, begins.length)]?.() ?? FRAME;
}

/** See the top of the file. */
export class Crowd {
  readonly #sockets = new Set<Socket>();
  readonly #port: number;
  readonly #size: number;
  readonly #begin: () => Buffer;

  /** @param begin what is said over each first */
  constructor(port: number, size: number, begin: () => Buffer) {
    this.#port = port;
    this.#size = size;
    this.#begin = begin;
  }

  /** Opens some of those that are missing. */
  fill(): void {
    for (let more = Math.min(100, this.#size - this.#sockets.size); more > 0; more -= 1) this.#open();
  }

  /** Some go. */
  leave(count: number): void {
    for (const socket of [...this.#sockets].slice(0, count)) socket.destroy();
  }

  /** Some go on, where the other side still reads. */
  goOn(numbers: Numbers): void {
    for (const socket of this.#sockets)
      if (socket.writableLength === 0 && below(numbers, 10) === 0) socket.write(garbage(numbers, 64));
  }

  #open(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port });
    this.#sockets.add(socket);
    socket.on('connect', () => socket.write(this.#begin()));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.resume();
  }
}

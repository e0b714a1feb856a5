/** A connection that was accepted: what it speaks is found out, then it is a link, or requests of HTTP. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { DimError } from 'dimp';
import type { WebSocket } from 'ws';
import { MOMENT } from '../link/framed-link.ts';
import { MarsLink } from '../link/mars-link.ts';
import { MtpLink } from '../link/mtp-link.ts';
import { plainAddress } from '../link/networks.ts';
import { WebSocketLink } from '../link/web-socket-link.ts';
import { clientAddress } from './addresses.ts';
import { FirstBytes, type FirstStep } from './first-bytes.ts';
import { FrameSocket, isWrongFrame } from './frame-socket.ts';
import type { ListenerParts } from './listener-parts.ts';
import { StreamSocket } from './stream-socket.ts';

type AnyLink = MtpLink | MarsLink | WebSocketLink;

/** Bytes of a control frame beside its own: two of a header, four of a mask. */
const CONTROL_OVERHEAD = 6;

/** One connection, as long as its socket is open. */
export class AcceptedConnection {
  readonly #parts: ListenerParts<AcceptedConnection>;
  readonly #socket: Socket;
  /** Those that count for an address. */
  #counted: string | undefined;
  #link: AnyLink | undefined;
  /** When it ends, unless it becomes a link before; by the time of the listener. */
  #deadline: number;
  /** The link is over: no more than the end of the connection is awaited. */
  #isOver = false;
  /** Requests that are being answered: several may come at once. */
  #answers = 0;
  /** What they come over, which may be inside TLS, and how much had come and gone when their time began. */
  #requests: Socket | undefined;
  #moved = 0;

  /** @param counted the address that it counts for */
  constructor(socket: Socket, parts: ListenerParts<AcceptedConnection>, counted: string | undefined) {
    this.#socket = socket;
    this.#parts = parts;
    this.#counted = counted;
    this.#deadline = parts.shared.time.now() + parts.shared.limits.firstSeconds;
    socket.on('error', () => undefined);
    socket.on('close', () => this.#closed());
    socket.setNoDelay(true);
    this.#detect(socket, parts.secureContext() !== undefined);
  }

  /** Whether it is a link that lives. */
  get isLink(): boolean {
    return this.#link !== undefined && !this.#isOver;
  }

  /** Looks at the time. */
  sweep(now: number): void {
    const link = this.#link;
    if (link !== undefined && !this.#isOver) {
      link.sweep(now);
      if (link.end === undefined) return;
      this.#isOver = true;
      this.#deadline = now + MOMENT;
      if (link.end === 'refused' || link.end === 'slow') this.#parts.meter.add('shut-out');
    }
    if (now < this.#deadline || this.#goesOn(now)) return;
    if (link === undefined && this.#answers === 0) this.#parts.meter.add('shut-out');
    this.destroy();
  }

  /** Ends it: a link behind what was sent, an answer of HTTP behind its end, everything else at once. */
  close(graceSeconds: number): void {
    if (this.#link !== undefined) this.#link.close(graceSeconds);
    else if (this.#answers === 0) this.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** A request of HTTP begins to be answered. @param socket what it came over */
  answering(socket: Socket): void {
    this.#answers += 1;
    this.#requests = socket;
    this.#moved = socket.bytesRead + socket.bytesWritten;
    this.#deadline = this.#now() + this.#parts.shared.limits.requestSeconds;
  }

  /** It was answered. */
  answered(): void {
    this.#answers -= 1;
    if (this.#answers > 0) return;
    this.#deadline = this.#now() + this.#parts.shared.limits.firstSeconds;
    if (this.#parts.isClosing()) this.destroy();
  }

  /**
   * Counts it for the client that a proxy names.
   * @returns where the client is; undefined when it has too many connections
   */
  identify(request: IncomingMessage): string | undefined {
    const { proxies, counts } = this.#parts;
    const client = clientAddress(request, proxies);
    // Those that come straight from where they are, were counted when they were accepted.
    if (client === this.#host) return client;
    if (!counts.enter(client)) return undefined;
    this.#counted = client;
    return client;
  }

  /** It is a WebSocket now. @param socket what the WebSocket is over */
  upgraded(webSocket: WebSocket, socket: Socket, host: string): void {
    const { shared } = this.#parts;
    const link = new WebSocketLink(new FrameSocket(webSocket, socket, host, this.#port), shared);
    webSocket.on('error', (error) => link.failed(isWrongFrame(error) ? wrongFrame(error) : error));
    webSocket.on('close', () => link.gone());
    webSocket.on('message', (data: Buffer) => link.frame(ownBytes(data)));
    webSocket.on('ping', (data: Buffer) => link.control(data.length + CONTROL_OVERHEAD));
    webSocket.on('pong', (data: Buffer) => {
      link.control(data.length + CONTROL_OVERHEAD);
      link.pong(data);
    });
    // Counted before the WebSocket finds frames in it.
    socket.prependListener('data', (data: Buffer) => link.piece(data.length));
    this.#use(link);
  }

  /** A request or an answer that is long gets its time anew, as long as it comes on. */
  #goesOn(now: number): boolean {
    const { requestSeconds, leastBytesPerSecond } = this.#parts.shared.limits;
    const socket = this.#requests;
    if (this.#answers === 0 || socket === undefined) return false;
    const moved = socket.bytesRead + socket.bytesWritten;
    if (moved - this.#moved < requestSeconds * leastBytesPerSecond) return false;
    this.#moved = moved;
    this.#deadline = now + requestSeconds;
    return true;
  }

  get #host(): string {
    return plainAddress(this.#socket.remoteAddress ?? '');
  }

  get #port(): number {
    return this.#socket.remotePort ?? 0;
  }

  #now(): number {
    return this.#parts.shared.time.now();
  }

  #closed(): void {
    if (this.#link !== undefined) {
      this.#link.gone();
      if (!this.#isOver && (this.#link.end === 'refused' || this.#link.end === 'slow'))
        this.#parts.meter.add('shut-out');
    }
    if (this.#counted !== undefined) this.#parts.counts.leave(this.#counted);
    this.#parts.ended(this);
  }

  #detect(socket: Socket, takesTls: boolean): void {
    const first = new FirstBytes(takesTls);
    const left = (): void => this.destroy();
    const take = (piece: Buffer): void => {
      const step = first.add(plainBytes(piece));
      if (step === 'more') return;
      socket.off('data', take);
      socket.off('end', left);
      socket.pause();
      this.#speak(socket, step);
    };
    socket.on('data', take);
    socket.on('end', left);
  }

  #speak(socket: Socket, step: Exclude<FirstStep, 'more'>): void {
    if (step === 'none') {
      this.#parts.meter.add('shut-out');
      return this.destroy();
    }
    const { is, bytes } = step;
    switch (is) {
      case 'tls':
        socket.unshift(bytes);
        return this.#encrypt(socket);
      case 'http':
        socket.unshift(bytes);
        this.#parts.http.take(socket, this);
        socket.resume();
        return;
      case 'mtp':
        return this.#stream(socket, bytes, new MtpLink(this.#streamSocket(socket), this.#parts.shared));
      case 'mars':
        return this.#stream(socket, bytes, new MarsLink(this.#streamSocket(socket), this.#parts.shared));
    }
  }

  #streamSocket(socket: Socket): StreamSocket {
    return new StreamSocket(socket, this.#host, this.#port);
  }

  #encrypt(socket: Socket): void {
    const secureContext = this.#parts.secureContext();
    const encrypted = new TLSSocket(socket, { isServer: true, secureContext });
    encrypted.on('error', () => this.destroy());
    encrypted.on('close', () => this.destroy());
    this.#detect(encrypted, false);
  }

  #stream(socket: Socket, bytes: Uint8Array, link: MtpLink | MarsLink): void {
    socket.on('data', (piece: Buffer) => link.read(plainBytes(piece)));
    socket.on('end', () => link.gone());
    this.#use(link);
    socket.resume();
    link.read(bytes);
  }

  #use(link: AnyLink): void {
    this.#link = link;
    try {
      link.start(this.#parts.accept(link));
    } catch (error) {
      this.#parts.failed('a link was not accepted', error);
      link.close();
    }
  }
}

function wrongFrame(error: Error): DimError {
  return new DimError('INPUT_FORMAT', 'a frame is none, or too long (limits.payloadBytes)', { cause: error });
}

/** The same bytes without what is special of Node: of a Buffer, `slice` is no copy. */
function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** The bytes by themselves, where they are a small part of what came: who keeps them should not keep all of that. */
function ownBytes(buffer: Buffer): Uint8Array {
  const bytes = plainBytes(buffer);
  return bytes.byteLength * 2 < bytes.buffer.byteLength ? bytes.slice() : bytes;
}

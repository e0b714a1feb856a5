/** What of a listener's port is HTTP: WebSockets, and requests for whoever answers them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** Answers a request that is for no WebSocket. */
export type AnswerRequest = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Whether a request for a WebSocket is answered with one. */
export type MayConnect = (request: IncomingMessage) => boolean;

/** A connection over which requests come. */
export interface RequestingConnection {
  /** Who is at the other end, as far as the request says it. */
  identify(request: IncomingMessage): string | undefined;
  /** A request is answered from now on, and no longer. @param socket what it came over */
  answering(socket: Socket): void;
  answered(): void;
  /** It is a WebSocket now. */
  upgraded(webSocket: WebSocket, socket: Socket, host: string): void;
}

/** The protocol that clients may ask for. */
const PROTOCOL = 'dimp';
/** Bytes of all headers of a request. */
const HEADER_BYTES = 16 * 1024;
/** Frames of which a message may be joined, and pieces in which they may come. */
const MOST_PARTS = 1024;
const MOST_PIECES = 16 * 1024;
/** Letters of an origin that are told. */
const LONGEST_ORIGIN = 300;
/** A client that does not answer the close of a WebSocket is left after so many milliseconds. */
const CLOSE_TIMEOUT = 2000;

/** What it needs. */
export interface HttpSideOptions {
  readonly payloadBytes: number;
  readonly onRequest: AnswerRequest | undefined;
  readonly mayConnect: MayConnect;
  /** A page may not connect. */
  refused(origin: string): void;
  /** Code of others failed. */
  failed(event: string, error: unknown): void;
}

/** A server of HTTP that listens nowhere: connections are given to it. */
export class HttpSide {
  readonly #server: Server;
  readonly #webSockets: WebSocketServer;
  readonly #options: HttpSideOptions;
  readonly #connections = new WeakMap<object, RequestingConnection>();

  constructor(options: HttpSideOptions) {
    this.#options = options;
    const webSocketOptions = {
      noServer: true,
      clientTracking: false,
      // What is small may become large when it is unpacked.
      perMessageDeflate: false,
      maxPayload: options.payloadBytes,
      maxFragments: MOST_PARTS,
      maxBufferedChunks: MOST_PIECES,
      closeTimeout: CLOSE_TIMEOUT,
      // A browser that has asked for it fails without it.
      handleProtocols: (asked: ReadonlySet<string>) =>
        [...asked].find((name) => name.toLowerCase() === PROTOCOL) ?? false,
    };
    this.#webSockets = new WebSocketServer(webSocketOptions);
    this.#webSockets.on('headers', (headers) => headers.push('Server: DIM-Station', 'WebSocket-Protocol: DIMP'));
    // How long a request may take, its connection says.
    this.#server = createServer({ maxHeaderSize: HEADER_BYTES, requestTimeout: 0 });
    this.#server.on('request', (request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
  }

  /** Takes a connection on which a request begins. */
  take(socket: Socket, connection: RequestingConnection): void {
    this.#connections.set(socket, connection);
    this.#server.emit('connection', socket);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = this.#connections.get(request.socket);
    connection?.answering(request.socket);
    response.on('close', () => connection?.answered());
    response.setHeader('Server', 'DIM-Station');
    try {
      if (this.#options.onRequest === undefined) refuse(response, 404, 'Not found: this is a station of DIM.\n');
      else await this.#options.onRequest(request, response);
    } catch (error) {
      this.#options.failed('a request was not answered', error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The station failed.\n');
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return void socket.destroy();
    if (!this.#options.mayConnect(request)) {
      this.#options.refused(request.headers.origin?.slice(0, LONGEST_ORIGIN) ?? '');
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
    const host = connection.identify(request);
    if (host === undefined)
      return void socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connections.delete(socket);
      // It is what was given to the server.
      connection.upgraded(webSocket, socket as Socket, host);
    });
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  });
  response.end(text);
}

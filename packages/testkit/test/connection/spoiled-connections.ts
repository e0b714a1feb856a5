/** Connections that are wrong in one thing each. */
import { webSocketTransport, type Connection, type IncomingPayload } from 'dimsdk';
import { MtpConnection, type ByteStream } from 'dimsdk/extend';
import { WebSocket } from 'ws';
import type { ConnectionTrial } from '../../src/connection/connection-trial.ts';
import { memoryStreams, type ConnectionSamples } from '../../src/connection/index.ts';
import { changedLine } from '../../src/connection/lines.ts';
import { LIMITS, memoryMtp, openLoopback, PAYLOAD_BYTES } from './transports-under-test.ts';

/** What is wrong, a connection that is, the rules that find it, and the one that it breaks. */
export type WrongConnection = readonly [
  what: string,
  samples: ConnectionSamples,
  check: (trial: ConnectionTrial) => Promise<void>,
  rule: string,
];

/** What never happens need not be waited for as long as what may be slow. */
const patience = 0.2;

export const never = new Promise<never>(() => undefined);

/** The connection with some of its methods replaced. */
export function spoiled(change: (connection: Connection) => Partial<Connection>): ConnectionSamples {
  return {
    ...memoryMtp,
    patience,
    open: async (options) => {
      const { connection, line } = await memoryMtp.open(options);
      return { connection: changed(connection, change), line };
    },
  };
}

async function changed(
  connection: Promise<Connection>,
  change: (connection: Connection) => Partial<Connection>,
): Promise<Connection> {
  const inner = await connection;
  const { name, incoming, ended } = inner;
  const copy = { name, incoming, ended, send: inner.send.bind(inner), close: inner.close.bind(inner) };
  // A getter stays one.
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(change(inner)));
}

/** Each call of `send` as another. */
export const sending = (send: (connection: Connection, bytes: Uint8Array) => Promise<void>): ConnectionSamples =>
  spoiled((connection) => ({ send: async (bytes) => send(connection, bytes) }));

/** Payloads that come in as others. */
export const incoming = (change: (payload: IncomingPayload) => readonly IncomingPayload[]): ConnectionSamples =>
  spoiled((connection) => ({ incoming: changedPayloads(connection.incoming, change) }));

export async function* changedPayloads(
  payloads: AsyncIterable<IncomingPayload>,
  change: (payload: IncomingPayload) => readonly IncomingPayload[],
): AsyncGenerator<IncomingPayload> {
  for await (const payload of payloads) yield* change(payload);
}

/** Over a stream that does some things otherwise. */
export const overStream = (change: (stream: ByteStream) => Partial<ByteStream>): ConnectionSamples => ({
  ...memoryMtp,
  patience,
  open: ({ clock, signal }) => {
    const [here, there] = memoryStreams('memory://station');
    const connect = async (): Promise<Connection> => {
      signal.throwIfAborted();
      return new MtpConnection(changedLine(here, change(here)), { clock, limits: LIMITS });
    };
    return { connection: connect(), line: Promise.resolve(there) };
  },
});

/** What is read, as something else. */
export const reading = (change: (piece: Uint8Array, number: number) => Uint8Array): ConnectionSamples =>
  overStream((stream) => {
    let number = 0;
    return {
      read: async () => {
        const piece = await stream.read();
        number += 1;
        return piece === undefined ? undefined : change(piece, number);
      },
    };
  });

/** With a clock that runs at another speed; with 0, one by which nothing is ever due. */
export const atSpeed = (speed: number, base: ConnectionSamples = memoryMtp): ConnectionSamples => ({
  ...base,
  patience,
  open: async (options) => {
    const { clock } = options;
    const begun = clock.now();
    return base.open({
      ...options,
      clock: {
        now: () => begun + (clock.now() - begun) * speed,
        wait: async (seconds, signal) => clock.wait(speed === 0 ? 1e9 : seconds / speed, signal),
      },
    });
  },
});

/** Over a WebSocket that sends other texts. */
export const saying = (change: (text: string) => string): ConnectionSamples => {
  class Changed extends WebSocket {
    constructor(url: string) {
      super(url, { maxPayload: PAYLOAD_BYTES, perMessageDeflate: false });
    }

    override send(text: string): void {
      super.send(change(text));
    }
  }
  return overWebSocket(Changed);
};

/** Over a WebSocket, and whatever becomes of the attempt. */
export function overWebSocket(
  WebSocketClass: new (url: string) => WebSocket = WebSocket,
  change: (connection: Promise<Connection>) => Promise<Connection> = async (connection) => connection,
): ConnectionSamples {
  return {
    name: 'a WebSocket',
    framing: 'web-socket',
    payloadBytes: PAYLOAD_BYTES,
    patience,
    open: async (options) => {
      const opened = await openLoopback(webSocketTransport({ WebSocket: WebSocketClass, limits: LIMITS }), options);
      return { ...opened, connection: change(opened.connection) };
    },
  };
}

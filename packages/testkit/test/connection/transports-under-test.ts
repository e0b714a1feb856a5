/** The transports of dimsdk as the contract wants them: in memory, and over loopback. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { webSocketTransport, type ConnectionLimits, type Transport } from 'dimsdk';
import { MtpConnection, type ByteStream } from 'dimsdk/extend';
import { TcpStream, tcpTransport } from 'dimsdk/node';
import { WebSocket } from 'ws';
import {
  memoryStreams,
  type ConnectionSamples,
  type OpenedLine,
  type OpenLineOptions,
} from '../../src/connection/index.ts';

/** Small, so that what is as large as it may be is made quickly. */
export const PAYLOAD_BYTES = 70_000;
export const LIMITS: Partial<ConnectionLimits> = { payloadBytes: PAYLOAD_BYTES, mostWaitingBytes: 8 * 1024 * 1024 };

/** MTP over streams in memory. */
export const memoryMtp: ConnectionSamples = {
  name: 'MTP in memory',
  framing: 'mtp',
  payloadBytes: PAYLOAD_BYTES,
  open: ({ clock, signal }) => {
    const [here, there] = memoryStreams('memory://station');
    const connect = async (): Promise<MtpConnection> => {
      signal.throwIfAborted();
      return new MtpConnection(here, { clock, limits: LIMITS });
    };
    return { connection: connect(), line: Promise.resolve(there) };
  },
};

/** Connects to a listener on loopback that takes one connection. */
export async function openLoopback(transport: Transport, options: OpenLineOptions): Promise<OpenedLine> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const line = new Promise<ByteStream>((resolve) => {
    server.once('connection', (socket: Socket) => {
      server.close();
      resolve(new TcpStream(socket, 'test', options.clock));
    });
  });
  const connection = transport.connect({ host: '127.0.0.1', port }, options);
  connection.catch(() => server.close());
  return { connection, line };
}

export const tcp: ConnectionSamples = {
  name: 'tcpTransport',
  framing: 'mtp',
  payloadBytes: PAYLOAD_BYTES,
  open: async (options) => openLoopback(tcpTransport({ limits: LIMITS }), options),
};

class BoundedWebSocket extends WebSocket {
  constructor(url: string) {
    super(url, { maxPayload: PAYLOAD_BYTES, perMessageDeflate: false });
  }
}

/** As browsers have it. */
class UnstoppableWebSocket extends BoundedWebSocket {
  override readonly pause = undefined as never;
  override readonly terminate = undefined as never;
}

/** With a WebSocket that can stop reading. */
export const webSocket: ConnectionSamples = {
  name: 'webSocketTransport',
  framing: 'web-socket',
  payloadBytes: PAYLOAD_BYTES,
  open: async (options) => openLoopback(webSocketTransport({ WebSocket: BoundedWebSocket, limits: LIMITS }), options),
};

/** With one that cannot. */
export const unstoppableWebSocket: ConnectionSamples = {
  ...webSocket,
  name: 'webSocketTransport as in browsers',
  open: async (options) =>
    openLoopback(webSocketTransport({ WebSocket: UnstoppableWebSocket, limits: LIMITS }), options),
};

/** Lets clients of other processes come to a test network, over TCP on this machine alone. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { silentLogger, type StationAddress } from 'dimsdk';
import type { TestConnection, TestNetwork } from 'dimtestkit/network';
import { MtpLine } from './mtp-line.ts';

/** How long it serves, and how many. */
export interface LoopbackOptions {
  /** After so many seconds of this machine it ends by itself, and all connections with it; 300, if not given. */
  readonly seconds?: number | undefined;
  /** So many sockets at once; 16, if not given. */
  readonly connections?: number | undefined;
}

/** A server. */
export interface LoopbackServer {
  /** Where it listens: give it to the clients. */
  readonly address: StationAddress;
  /** How many sockets there are. */
  readonly connections: number;
  /** Ends it, and all connections. */
  close(): Promise<void>;
}

/**
 * Serves a test network on 127.0.0.1, at a port that is free, in the framing MTP. What goes wrong on the network goes wrong for
 * those who come this way: its state is in this process, and outlasts the clients.
 */
export async function serveLoopback(network: TestNetwork, options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const { seconds = 300, connections = 16 } = options;
  const sockets = new Set<Socket>();
  const lines = new Set<Promise<void>>();
  const over = new AbortController();
  // Whoever ends its side may still be told something.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    if (sockets.size >= connections) socket.destroy();
    else admit(socket);
  });

  function admit(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Until there is somebody to hear it.
    socket.on('error', () => socket.destroy());
    const line = serve(network, socket, over.signal);
    lines.add(line);
    void line.finally(() => lines.delete(line));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  // Listening on TCP, it has such an address.
  const { address: host, port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    clearTimeout(timer);
    over.abort(new Error('the server is closed'));
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    await Promise.all([closed, ...lines]);
  }
  const timer = setTimeout(() => void (closing ??= close()), seconds * 1000);
  timer.unref();
  return {
    address: { host, port },
    get connections() {
      return sockets.size;
    },
    close: async () => (closing ??= close()),
  };
}

async function serve(network: TestNetwork, socket: Socket, signal: AbortSignal): Promise<void> {
  const { clock, address, transport } = network;
  let connection: TestConnection;
  try {
    connection = await transport.connect(address, { clock, logger: silentLogger, signal });
  } catch {
    // So it is where nobody listens, but for the moment in between.
    socket.resetAndDestroy();
    return;
  }
  await new MtpLine(socket, connection).ended;
}

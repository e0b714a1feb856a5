/** A test network to which the clients of other programs come over WebSockets, on this machine alone. */
import type { AddressInfo } from 'node:net';
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, silentLogger, systemClock, type IncomingPayload } from 'dimsdk';
import { acknowledgementOf } from 'dimsdk/internal';
import { createTestNetwork, type TestNetwork } from 'dimtestkit/network';
import { WebSocketServer, type WebSocket } from 'ws';

/** Serves a new network while `use` runs; gives it the port. */
export async function withStation<T>(use: (port: number) => Promise<T>): Promise<T> {
  const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
  const network = await createTestNetwork({ dim, seed: 1, clock: systemClock });
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => void carry(network, socket));
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}

/** Carries payloads between a socket and a connection of the network, until either ends. */
async function carry({ transport, address, clock }: TestNetwork, socket: WebSocket): Promise<void> {
  const waiting: string[] = [];
  let take = (text: string): void => void waiting.push(text);
  socket.on('message', (data: Buffer) => take(data.toString()));
  socket.on('error', () => socket.terminate());
  const { signal } = new AbortController();
  const connection = await transport.connect(address, { clock, logger: silentLogger, signal });
  const unacknowledged = new Map<string, IncomingPayload>();
  take = (text) => {
    if (text === 'PING') socket.send('PONG');
    else if (!text.startsWith('ACK:')) void connection.send(Buffer.from(text)).catch(() => undefined);
    unacknowledged.get(text)?.acknowledge();
    unacknowledged.delete(text);
  };
  for (const text of waiting) take(text);
  socket.once('close', () => void connection.close());
  for await (const payload of connection.incoming) {
    const text = new TextDecoder().decode(payload.bytes);
    const acknowledgement = acknowledgementOf(text);
    if (acknowledgement !== undefined) unacknowledged.set(acknowledgement, payload);
    socket.send(text);
  }
  socket.close();
}

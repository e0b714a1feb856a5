/** WebSockets on Node, with a server that others wrote, and with one as it is deployed. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocketServer, type WebSocket } from 'ws';
import { silentLogger, type Connection } from '../../src/index.ts';
import { quickClock } from './quick-clock.ts';
import { webSocketTransport, type WebSocketTransportOptions } from '../../src/node/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A server of `ws`, as a station of today would be. */
async function serve(take: (socket: WebSocket) => void): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  endings.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', take);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const connect = async (port: number, options: WebSocketTransportOptions = {}, path?: string): Promise<Connection> =>
  webSocketTransport(options).connect(
    { host: '127.0.0.1', port, path },
    { clock: quickClock, logger: silentLogger, signal: new AbortController().signal },
  );

/** Notes what comes, and answers as stations do. */
function noting(socket: WebSocket, heard: string[]): void {
  socket.on('message', (data: Buffer) => {
    heard.push(data.toString());
    if (data.toString() === 'PING') socket.send('PONG');
  });
}

describe('webSocketTransport', () => {
  test('sends, receives and acknowledges, text and bytes', async () => {
    const heard: string[] = [];
    let path: string | undefined;
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    endings.push(() => server.close());
    server.on('connection', (socket, request) => {
      path = request.url;
      noting(socket, heard);
      // Right behind the handshake.
      socket.send('{"time":1.50,"signature":"a"}');
      socket.send(bytes('{"time":2,"signature":"b"}'));
    });
    await once(server, 'listening');
    const connection = await connect((server.address() as AddressInfo).port, {}, '/dim?a=b');
    const read: string[] = [];
    for await (const payload of connection.incoming) {
      read.push(text(payload.bytes));
      payload.acknowledge();
      if (read.length === 2) break;
    }
    await connection.send(bytes('{"c":"ü"}'));
    expect(read).toEqual(['{"time":1.50,"signature":"a"}', '{"time":2,"signature":"b"}']);
    expect(heard).toEqual(['ACK:{"time":1.50,"signature":"a"}', 'ACK:{"time":2,"signature":"b"}', '{"c":"ü"}', 'PING']);
    expect(path).toBe('/dim?a=b');
    await connection.close();
    expect(await connection.ended).toEqual({ reason: 'closed' });
  });

  test('a server that goes away has ended; one that refuses has failed', async () => {
    const away = await connect(await serve((socket) => socket.close(1001, 'restart')));
    expect(await away.ended).toEqual({ reason: 'ended' });
    const refused = await connect(await serve((socket) => socket.close(1008, 'no')));
    expect(await refused.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
  });

  test('a frame is refused by its header, before it is there', async () => {
    const connection = await connect(await serve((socket) => socket.send(new Uint8Array(2000))), {
      limits: { payloadBytes: 1000 },
    });
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'INPUT_LIMIT' } });
  });

  test('a deployed station, which answers no close, is left after a moment', async () => {
    const heard: Socket[] = [];
    const server = createServer((socket) => {
      heard.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', (request: Buffer) => {
        const key = /^sec-websocket-key: *(.*)\r$/im.exec(request.toString())?.[1] ?? '';
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        socket.write(
          `HTTP/1.1 101 Switching Protocol\r\nServer: DIM-Station\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
            `WebSocket-Protocol: DIMP\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        socket.on('data', () => undefined);
      });
    });
    endings.push(() => {
      for (const socket of heard) socket.destroy();
      server.close();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connection = await connect((server.address() as AddressInfo).port);
    const [socket] = heard;
    const gone = socket === undefined ? undefined : once(socket, 'close');
    await connection.close();
    await gone;
    expect(await connection.ended).toEqual({ reason: 'closed' });
  });
});

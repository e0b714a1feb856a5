/** MTP over sockets of Node, on loopback. What the contract of connections asks for is tested with that. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import { silentLogger, type Connection, type StationAddress } from '../../src/index.ts';
import { encodePacket, MtpDecoder } from '../../src/internal.ts';
import { tcpTransport, type TcpTransportOptions } from '../../src/node/index.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';
import { quickClock } from './quick-clock.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './tcp-certificate.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server, take: (socket: Socket) => void): Promise<number> {
  servers.push(server);
  const taken = (socket: Socket): void => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    take(socket);
  };
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.on('tlsClientError', () => undefined);
  server.on('setSecureContext' in server ? 'secureConnection' : 'connection', taken);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const connect = async (address: StationAddress, options: TcpTransportOptions = {}): Promise<Connection> =>
  tcpTransport(options).connect(address, {
    clock: quickClock,
    logger: silentLogger,
    signal: new AbortController().signal,
  });

/** Answers all messages with what they say. */
function echo(socket: Socket): void {
  const decoder = new MtpDecoder(64 * 1024 * 1024);
  socket.on('data', (piece: Uint8Array) => {
    for (const { type, transaction, body } of decoder.packets(piece)) {
      if (type !== 'message') continue;
      socket.write(encodePacket({ type: 'message-response', transaction, body: new TextEncoder().encode('OK') }));
      socket.write(encodePacket({ type: 'message', transaction, body }));
    }
  });
}

const tls = { cert: TEST_CERTIFICATE, key: TEST_KEY };

describe('tcpTransport', () => {
  test('carries a payload as large as it may be, each way', async () => {
    const port = await listening(createServer(), echo);
    const connection = await connect({ host: '127.0.0.1', port });
    expect(connection.name).toBe(`tcp://127.0.0.1:${port}`);
    const payload = new Uint8Array(32 * 1024 * 1024).fill(0x7b);
    await connection.send(payload);
    const result = await connection.incoming[Symbol.asyncIterator]().next();
    expect(result.done === true ? 0 : Buffer.compare(result.value.bytes, payload)).toBe(0);
    await connection.close();
  });

  test('the first thing that a station gets has a whole header', async () => {
    const first = new Promise<Uint8Array>((resolve) => {
      void listening(createServer(), (socket) => socket.once('data', resolve)).then(async (port) => {
        const connection = await connect({ host: '127.0.0.1', port });
        void connection.send(new TextEncoder().encode('{"a":1}')).catch(() => undefined);
        return connection;
      });
    });
    expect((await first).length).toBe(23);
  });

  test('is encrypted where the address says so, with a certificate that is believed', async () => {
    const port = await listening(createTlsServer(tls), echo);
    for (const host of ['127.0.0.1', 'localhost']) {
      const connection = await connect({ host, port, secure: true }, { ca: TEST_CERTIFICATE });
      expect(connection.name).toBe(`tls://${host}:${port}`);
      await connection.send(new TextEncoder().encode('{"a":1}'));
      await connection.close();
    }
  });

  test.each([
    ['a certificate that nobody vouches for', {}, createTlsServer(tls), /SELF_SIGNED_CERT/],
    ['no TLS', { ca: [TEST_CERTIFICATE] }, createServer(), /SSL|EPROTO/],
  ])('with %s there is no connection', async (_what, options, server, code) => {
    const port = await listening(server, (socket) => socket.end('what?'));
    const error = await errorOf(async () => connect({ host: '127.0.0.1', port, secure: true }, options));
    expect(error.code).toBe('CONNECTION_FAILED');
    expect(error.cause).toMatchObject({ code: expect.stringMatching(code) as unknown });
  });

  test('where nobody listens there is no connection', async () => {
    const server = createServer();
    const port = await listening(server, () => undefined);
    server.close();
    await once(server, 'close');
    const error = await errorOf(async () => connect({ host: '127.0.0.1', port }));
    expect(error).toMatchObject({ code: 'CONNECTION_FAILED', cause: { code: 'ECONNREFUSED' } });
  });

  test('a reset is a failure of the network', async () => {
    const port = await listening(createServer(), (socket) => socket.once('data', () => socket.resetAndDestroy()));
    const connection = await connect({ host: '127.0.0.1', port });
    const sent = errorOf(async () => connection.send(new TextEncoder().encode('{"a":1}')));
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
    expect((await sent).code).toBe('CONNECTION_LOST');
  });

  test('what was written before the end arrives, though the station is still sending', async () => {
    let received = 0;
    const ended = new Promise<void>((resolve) => {
      void listening(createServer({ allowHalfOpen: true }), (socket) => {
        const bytes = encodePacket({ type: 'message', transaction: 1n, body: new Uint8Array(200_000).fill(0x20) });
        const timer = setInterval(() => socket.write(bytes), 1);
        socket.on('data', (piece: Uint8Array) => (received += piece.length));
        socket.once('end', () => {
          clearInterval(timer);
          socket.destroy();
          resolve();
        });
      }).then(async (port) => {
        const connection = await connect({ host: '127.0.0.1', port });
        connection.send(new Uint8Array(1_000_000).fill(0x7b)).catch(() => undefined);
        return connection.close();
      });
    });
    await ended;
    expect(received).toBeGreaterThanOrEqual(1_000_016);
  });
});

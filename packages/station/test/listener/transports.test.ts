/** The transports of clients against a listener whose user sends back what it gets. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { silentLogger, systemClock, type Connection, type Transport } from 'dimsdk';
import { tcpTransport, webSocketTransport } from 'dimsdk/node';
import { WebSocket } from 'ws';
import { bytes } from './framings.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './certificate.ts';
import { closeAll, serve, type Serving } from './serve.ts';

afterEach(closeAll);

const COUNT = 1000;
const PAYLOADS = Array.from(
  { length: COUNT },
  (_, index) => `{"time":${index}.5,"text":"${'x'.repeat((index * 37) % 3000)}","signature":"${index}"}`,
);

const connect = async (transport: Transport, { listener }: Serving, secure: boolean): Promise<Connection> =>
  transport.connect(
    { host: '127.0.0.1', port: listener.port, secure },
    { clock: systemClock, logger: silentLogger, signal: new AbortController().signal },
  );

async function read(connection: Connection, count: number): Promise<readonly string[]> {
  const received: string[] = [];
  for await (const payload of connection.incoming) {
    received.push(new TextDecoder().decode(payload.bytes));
    payload.acknowledge();
    if (received.length === count) break;
  }
  return received;
}

const TRANSPORTS: readonly (readonly [string, Transport, boolean])[] = [
  ['MTP', tcpTransport(), false],
  ['MTP in TLS', tcpTransport({ ca: TEST_CERTIFICATE }), true],
  // Also where Node has one of its own: that cannot be told whom to believe.
  ['WebSocket', webSocketTransport({ WebSocket }), false],
];

describe.each(TRANSPORTS)('%s', (_name, transport, secure) => {
  test('carries payloads each way, in order, and each is acknowledged', async () => {
    let acknowledged = 0;
    const serving = await serve({
      tls: { cert: TEST_CERTIFICATE, key: TEST_KEY },
      use: ({ link, received }) => ({
        receive: (payload, acknowledge) => {
          const text = new TextDecoder().decode(payload);
          received.push(text);
          acknowledge();
          link.send({
            bytes: payload,
            signature: String(received.length - 1),
            acknowledged: () => {
              acknowledged += 1;
            },
          });
        },
      }),
    });
    const connection = await connect(transport, serving, secure);
    const reading = read(connection, COUNT);
    await Promise.all(PAYLOADS.map(async (payload) => connection.send(bytes(payload))));
    expect(serving.links[0]?.received).toEqual(PAYLOADS);
    expect(await reading).toEqual(PAYLOADS);
    await connection.close();
    await serving.until(() => serving.links[0]?.ends.length === 1);
    expect(serving.links[0]?.ends).toEqual(['left']);
    expect(acknowledged).toBe(COUNT);
  });

  test('a payload as large as it may be', async () => {
    const serving = await serve({ echoes: true, tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } });
    const connection = await connect(transport, serving, secure);
    const payload = bytes(`{"a":"${'x'.repeat(4 * 1024 * 1024 - 8)}"}`);
    const reading = read(connection, 1);
    await connection.send(payload);
    expect((await reading)[0]?.length).toBe(4 * 1024 * 1024);
    await connection.close();
  });

  test('one that is longer ends the connection', async () => {
    const serving = await serve({ limits: { payloadBytes: 1000 }, tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } });
    const connection = await connect(transport, serving, secure);
    await expect(connection.send(new Uint8Array(1001).fill(0x20))).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await serving.until(() => serving.links[0]?.ends.length === 1);
    expect(serving.links[0]?.ends).toEqual(['refused']);
    expect(serving.links[0]?.received).toEqual([]);
  });

  test('what was sent goes out before a listener is closed', async () => {
    const serving = await serve({ tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } });
    const connection = await connect(transport, serving, secure);
    await connection.send(bytes('{"a":1}'));
    for (const payload of PAYLOADS.slice(0, 200))
      serving.links[0]?.link.send({ bytes: bytes(payload), signature: 'x' });
    const reading = read(connection, 200);
    await serving.listener.close({ graceSeconds: 30 });
    expect((await reading).length).toBe(200);
    await connection.ended;
    expect(serving.links[0]?.ends).toEqual(['closed']);
    expect(serving.listener.connections).toBe(0);
  });
});

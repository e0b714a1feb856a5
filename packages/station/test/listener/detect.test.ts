/** What a connection speaks is told by its first bytes, in whatever pieces they come. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { FirstBytes, type Spoken } from '../../src/listener/first-bytes.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './certificate.ts';
import { bytes, frame, marsSend, message, ok, ping, pong, upgrade } from './framings.ts';
import { closeAll, RawClient, serve } from './serve.ts';

afterEach(closeAll);

/** A ping of the station, with a number. */
const PING = Buffer.from([0x89, 1, 0x31]);

const STARTS: readonly (readonly [Spoken, Uint8Array])[] = [
  ['mtp', ping(7n)],
  ['mtp', message(0x2020_2020_2020_2020n, '{"a":1}')],
  ['mars', marsSend(1, '{"a":1}')],
  ['http', upgrade()],
  ['http', bytes('DELETE /x HTTP/1.1\r\n\r\n')],
];

describe('FirstBytes', () => {
  test.each(STARTS)('tells %s, wherever its first bytes are split', (is, start) => {
    for (let split = 1; split < Math.min(start.length, 40); split += 1) {
      const first = new FirstBytes(true);
      const step = first.add(start.subarray(0, split));
      const last = step === 'more' ? first.add(start.subarray(split)) : step;
      expect(last).toMatchObject({ is });
      const expected = step === 'more' ? start : start.subarray(0, split);
      expect(last === 'more' || last === 'none' ? last : Buffer.compare(last.bytes, expected)).toBe(0);
    }
  });

  test.each(STARTS)('tells %s, byte by byte', (is, start) => {
    const first = new FirstBytes(true);
    const steps = [...start].map((byte) => first.add(Uint8Array.of(byte)));
    expect(steps.find((step) => step !== 'more')).toMatchObject({ is });
  });

  test('TLS is told by one byte, where there is a certificate', () => {
    expect(new FirstBytes(true).add(Uint8Array.of(0x16))).toMatchObject({ is: 'tls' });
    expect(new FirstBytes(false).add(Uint8Array.of(0x16))).toBe('none');
  });

  test.each([1, 30, 5000])('%d bytes of garbage before MTP are skipped, byte by byte too', (length) => {
    const garbage = Uint8Array.from({ length }, (_, index) => [0x44, 0x49, 0x78][index % 3] ?? 0);
    const start = ping(1n);
    expect(new FirstBytes(true).add(Buffer.concat([garbage, start]))).toMatchObject({ is: 'mtp' });
    const first = new FirstBytes(true);
    for (const byte of garbage) expect(first.add(Uint8Array.of(byte))).toBe('more');
    const steps = [...start].map((byte) => first.add(Uint8Array.of(byte)));
    expect(steps.find((step) => step !== 'more')).toMatchObject({ is: 'mtp' });
  });

  test('more than 64 KiB of garbage are nothing', () => {
    const first = new FirstBytes(true);
    const steps = Array.from({ length: 66 }, () => first.add(new Uint8Array(1024).fill(0x78)));
    expect(steps.slice(0, 64)).toEqual(Array.from({ length: 64 }, () => 'more'));
    expect(steps[64]).toBe('none');
  });

  test('a header of Mars with a command that nobody knows is no beginning', () => {
    const start = marsSend(1, 'hello');
    start[11] = 1;
    expect(new FirstBytes(true).add(start)).toBe('more');
  });
});

describe('one port', () => {
  test('MTP, byte by byte', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.writeSlowly(message(5n, '{"a":1}'));
    expect(Buffer.compare(await client.take(18), ok(5n))).toBe(0);
    expect(serving.links.map(({ link, received }) => [link.framing, link.host, received])).toEqual([
      ['mtp', '127.0.0.1', ['{"a":1}']],
    ]);
  });

  test('who has stopped sending still gets the answer', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    client.socket.end(message(5n, '{"a":1}'));
    expect(Buffer.compare(await client.take(18), ok(5n))).toBe(0);
    await client.closed;
    expect(serving.links[0]?.ends).toEqual(['left']);
  });

  test('packets that come joined', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.write(Buffer.concat([bytes('xxxxDI'), ping(1n), message(2n, '{"a":1}'), ping(3n)]));
    const expected = Buffer.concat([pong(1n), ok(2n), pong(3n)]);
    expect(Buffer.compare(await client.take(expected.length), expected)).toBe(0);
  });

  test('a WebSocket, byte by byte', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.writeSlowly(upgrade('Sec-WebSocket-Protocol: chat, dimp'));
    await client.until((received) => received.includes('\r\n\r\n'));
    const head = client.received.toString();
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).toContain('\r\nServer: DIM-Station\r\n');
    expect(head).toContain('\r\nWebSocket-Protocol: DIMP\r\n');
    expect(head).toContain('\r\nSec-WebSocket-Protocol: dimp\r\n');
    expect(head).toContain('\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
    await client.take(client.received.length);
    await client.writeSlowly(frame('PING'));
    expect((await client.take(6)).toString('latin1')).toBe('\x81\x04PONG');
  });

  test('a WebSocket whose first frame comes with its request', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.write(Buffer.concat([upgrade(), frame('{"a":1}'), frame('PING')]));
    await client.until((received) => received.includes('PONG'));
    expect(serving.links[0]?.received).toEqual(['{"a":1}']);
    expect(client.received.toString()).not.toContain('Sec-WebSocket-Protocol');
  });

  test('what was written over a WebSocket is acknowledged by the pong of who has read it', async () => {
    let acknowledged = 0;
    const serving = await serve({
      use: ({ link }) => ({
        receive: (_payload, acknowledge) => {
          acknowledge();
          const count = (): void => void (acknowledged += 1);
          link.send({ bytes: bytes('{"answer":1}'), signature: '', acknowledged: count });
        },
      }),
    });
    const client = await RawClient.open(serving);
    await client.write(upgrade());
    await client.until((received) => received.includes('\r\n\r\n'));
    await client.take(client.received.length);
    // It has not read the answer yet when it says something again.
    await client.write(frame('{"first":1}'));
    await client.write(frame('PING'));
    // A frame of 12 bytes, PONG, and a ping with the number 1 behind them.
    await client.until((received) => received.length >= 20);
    expect(acknowledged).toBe(0);
    await serving.clock.advance(3);
    expect(await client.take(23)).toEqual(
      Buffer.concat([Buffer.from([0x81, 12]), bytes('{"answer":1}'), Buffer.from([0x81, 4]), bytes('PONG'), PING]),
    );
    expect(acknowledged).toBe(0);
    await client.write(frame('1', 0x8a));
    await client.write(frame('{"next":1}'));
    await client.until((received) => received.length >= 14);
    expect(acknowledged).toBe(1);
  });

  test('Mars, byte by byte', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.writeSlowly(marsSend(3, 'PING'));
    expect(Buffer.compare(await client.take(24), marsSend(3, 'PONG'))).toBe(0);
    expect(serving.links[0]?.link.framing).toBe('mars');
  });

  test('TLS, with each of them inside', async () => {
    const serving = await serve({ tls: { cert: TEST_CERTIFICATE, key: TEST_KEY } });
    const mtp = await RawClient.openTls(serving);
    await mtp.write(message(5n, '{"a":1}'));
    expect(Buffer.compare(await mtp.take(18), ok(5n))).toBe(0);
    const mars = await RawClient.openTls(serving);
    await mars.write(marsSend(3, 'PING'));
    expect(Buffer.compare(await mars.take(24), marsSend(3, 'PONG'))).toBe(0);
    const web = await RawClient.openTls(serving);
    await web.write(upgrade());
    await web.until((received) => received.includes('\r\n\r\n'));
    await web.write(frame('PING'));
    await web.until((received) => received.includes('PONG'));
    const plain = await RawClient.open(serving);
    await plain.write(ping(1n));
    expect(Buffer.compare(await plain.take(20), pong(1n))).toBe(0);
    expect(serving.links.map(({ link }) => link.framing)).toEqual(['mtp', 'mars', 'websocket', 'mtp']);
  });

  test('TLS without a certificate ends at once', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.write(Uint8Array.of(0x16, 3, 1));
    await client.closed;
    expect(serving.links).toEqual([]);
  });

  test('other requests of HTTP', async () => {
    const plain = await RawClient.open(await serve());
    await plain.write('GET /chat HTTP/1.1\r\nHost: x\r\n\r\n');
    await plain.closed;
    expect(plain.received.toString()).toMatch(/^HTTP\/1\.1 404 [^]*\r\n\r\nNot found: /);
    const answering = await serve({
      onRequest: ({ url }, response) => void response.end(`You asked for ${url ?? ''}.`),
    });
    const client = await RawClient.open(answering);
    await client.write('GET /chat HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.until((received) => received.includes('You asked for /chat.'));
    await client.write('GET /more HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.until((received) => received.includes('You asked for /more.'));
    await client.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.until((received) => received.includes('You asked for /2.'));
    expect(client.isClosed).toBe(false);
    await answering.listener.close({ graceSeconds: 5 });
    await client.closed;
  });

  test('a request that cannot be answered, and one that is none', async () => {
    const serving = await serve({
      onRequest: () => {
        throw new Error('broken');
      },
    });
    const client = await RawClient.open(serving);
    await client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.closed;
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 500 /);
    const other = await RawClient.open(serving);
    await other.write('GET nonsense\r\n\r\n');
    await other.until((received) => received.includes('\r\n\r\n'));
    expect(other.received.toString()).toMatch(/^HTTP\/1\.1 400 /);
  });
});

/** What strangers may do to a port. */
import { afterEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { networkOf, plainAddress } from '../../src/link/networks.ts';
import { AddressCounts, forwardedAddress } from '../../src/listener/addresses.ts';
import { listen } from '../../src/index.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './certificate.ts';
import { bytes, frame, marsSend, message, ping, upgrade } from './framings.ts';
import { closeAll, RawClient, serve, type Serving } from './serve.ts';

afterEach(closeAll);

const tls = { cert: TEST_CERTIFICATE, key: TEST_KEY };

/** A client whose WebSocket is open. */
async function openWeb(serving: Serving, ...headers: readonly string[]): Promise<RawClient> {
  const client = await RawClient.open(serving);
  await client.write(upgrade(...headers));
  await client.until((received) => received.includes('\r\n\r\n'));
  await client.take(client.received.length);
  return client;
}

describe('addresses', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8::1', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:0001::5', '2001:db8:1:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
  ])('%s counts for %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('counts', () => {
    const counts = new AddressCounts(2);
    expect(['::1', '::2', '::3', '192.0.2.1'].map((address) => counts.enter(address))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    counts.leave('::9');
    expect(counts.enter('::3')).toBe(true);
  });

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['198.51.100.7', '198.51.100.7'],
    ['spoofed, 198.51.100.7', '198.51.100.7'],
    ['198.51.100.7, 10.0.0.1, 10.0.0.1', '198.51.100.7'],
    ['198.51.100.7, unknown', undefined],
    ['10.0.0.1', undefined],
    ['2001:DB8::1', '2001:db8::1'],
  ])('X-Forwarded-For: %s', (header, address) => {
    expect(forwardedAddress(header, new Set(['10.0.0.1']))).toBe(address);
  });

  test('of IPv4 in IPv6', () => {
    expect(plainAddress('::FFFF:192.0.2.1')).toBe('192.0.2.1');
    expect(plainAddress('::ffff:1')).toBe('::ffff:1');
  });
});

describe('options', () => {
  test.each([
    ['port', { port: 70_000 }],
    ['limits.idleSeconds', { limits: { idleSeconds: 0 } }],
    ['proxies', { proxies: ['proxy.example'] }],
    ['tls.cert', { tls: { key: 'none', cert: 'none' } }],
    ['tls.key', { tls: { key: 'none', cert: TEST_CERTIFICATE } }],
  ])('%s that is none', async (path, options) => {
    await expect(serve(options)).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path });
  });

  test('a port that is taken', async () => {
    const { listener, clock } = await serve();
    const other = listen({
      host: '127.0.0.1',
      port: listener.port,
      clock,
      accept: () => ({ receive: () => undefined, drained: () => undefined, ended: () => undefined }),
    });
    await expect(other).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });

  test('another certificate', async () => {
    const serving = await serve();
    expect(() => serving.listener.useCertificate({ key: TEST_KEY, cert: '' })).toThrow(/PEM/);
    serving.listener.useCertificate(tls);
    const client = await RawClient.openTls(serving);
    await client.write(ping(1n));
    expect((await client.take(20)).length).toBe(20);
    // Whoever is there goes on.
    serving.listener.useCertificate(tls);
    await client.write(ping(2n));
    expect((await client.take(20)).length).toBe(20);
    expect(client.isClosed).toBe(false);
  });
});

describe('too many connections', () => {
  test('in all', async () => {
    const serving = await serve({ limits: { connections: 2 } });
    const clients = [await RawClient.open(serving), await RawClient.open(serving)];
    const third = await RawClient.open(serving);
    await third.closed;
    clients[0]?.socket.destroy();
    await clients[1]?.write(ping(1n));
    await clients[1]?.take(20);
    expect(clients[1]?.isClosed).toBe(false);
  });

  test('of one address; there is room again when some end', async () => {
    let out = 0;
    const serving = await serve({
      limits: { connectionsPerAddress: 2 },
      meter: { add: (what) => (out += what === 'shut-out' ? 1 : 0) },
    });
    const first = await RawClient.open(serving);
    const second = await RawClient.open(serving);
    await (
      await RawClient.open(serving)
    ).closed;
    expect(out).toBe(1);
    await first.write(ping(1n));
    await first.take(20);
    first.socket.destroy();
    await serving.until(() => serving.links[0]?.ends.length === 1);
    const third = await RawClient.open(serving);
    await third.write(ping(1n));
    expect((await third.take(20)).length).toBe(20);
    expect(second.isClosed).toBe(false);
  });

  test('a proxy may have any number, those behind it not', async () => {
    const serving = await serve({ limits: { connectionsPerAddress: 1 }, proxies: ['127.0.0.1'] });
    const one = await openWeb(serving, 'X-Forwarded-For: 203.0.113.9, 198.51.100.7');
    const other = await openWeb(serving, 'X-Forwarded-For: 198.51.100.8');
    await openWeb(serving);
    expect(serving.links.map(({ link }) => link.host)).toEqual(['198.51.100.7', '198.51.100.8', '127.0.0.1']);
    const again = await RawClient.open(serving);
    await again.write(upgrade('X-Forwarded-For: 198.51.100.7'));
    await again.until((received) => received.includes('\r\n\r\n'));
    expect(again.received.toString()).toMatch(/^HTTP\/1\.1 429 /);
    one.socket.destroy();
    await serving.until(() => serving.links[0]?.ends.length === 1);
    await openWeb(serving, 'X-Forwarded-For: 198.51.100.7');
    expect(serving.links.at(-1)?.link.host).toBe('198.51.100.7');
    expect(other.isClosed).toBe(false);
  });

  test('nobody else is believed to be a proxy', async () => {
    const serving = await serve();
    await openWeb(serving, 'X-Forwarded-For: 198.51.100.7');
    expect(serving.links[0]?.link.host).toBe('127.0.0.1');
  });
});

describe('time', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['half a header of MTP', ping(1n).subarray(0, 9)],
    ['garbage', bytes('hello')],
    ['half a header of Mars', marsSend(1, 'x').subarray(0, 11)],
    ['half a request', upgrade().subarray(0, 60)],
    ['half a handshake of TLS', Uint8Array.of(0x16, 3, 1, 0, 100)],
  ])('who brings %s is gone after ten seconds', async (_what, start) => {
    const serving = await serve({ tls });
    const client = await RawClient.open(serving);
    await client.write(start);
    await serving.clock.advance(9);
    expect(client.isClosed).toBe(false);
    await serving.clock.advance(2);
    await client.closed;
    expect(serving.links).toEqual([]);
  });

  test('an answer to a request has a minute', async () => {
    const serving = await serve({ onRequest: () => undefined });
    const client = await RawClient.open(serving);
    await client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await serving.clock.advance(59);
    expect(client.isClosed).toBe(false);
    await serving.clock.advance(2);
    await client.closed;
  });

  test('a connection that has become silent ends, of each framing', async () => {
    const serving = await serve();
    const clients = [await RawClient.open(serving), await RawClient.open(serving), await openWeb(serving)];
    await clients[0]?.write(ping(1n));
    await clients[1]?.write(marsSend(1, 'PING'));
    await clients[0]?.take(20);
    await clients[1]?.take(24);
    await serving.clock.advance(131);
    for (const client of clients) await client.closed;
    expect(serving.links.map(({ ends }) => ends)).toEqual([['silent'], ['silent'], ['silent']]);
  });
});

describe('a flood', () => {
  test.each([
    ['MTP', async (serving: Serving) => RawClient.open(serving), (text: string) => message(1n, text)],
    ['WebSocket', async (serving: Serving) => openWeb(serving), (text: string) => frame(text)],
  ])('%s: is read as fast as it may be, and nothing is lost', async (_name, open, write) => {
    const serving = await serve({ limits: { burstPayloads: 100, payloadsPerSecond: 1000 } });
    const client = await open(serving);
    const texts = Array.from({ length: 3000 }, (_, index) => `{"number":${index},"x":"${'x'.repeat(200)}"}`);
    void client.write(Buffer.concat(texts.map(write)));
    await serving.until(() => serving.links[0]?.received.length === 100);
    await serving.clock.settled();
    expect(serving.links[0]?.received.length).toBe(100);
    await serving.clock.advance(1);
    expect(serving.links[0]?.received.length).toBeLessThanOrEqual(200);
    serving.clock.start();
    await serving.until(() => serving.links[0]?.received.length === 3000);
    serving.clock.stop();
    expect(serving.links[0]?.received).toEqual(texts);
  });

  test('what nobody acknowledges is no more than may be', async () => {
    const serving = await serve({ acknowledges: false, limits: { unacknowledgedPayloads: 10 } });
    const client = await openWeb(serving);
    void client.write(Buffer.concat(Array.from({ length: 500 }, () => frame('{"a":1}'))));
    await serving.until(() => serving.links[0]?.received.length === 10);
    await serving.clock.settled();
    const [served] = serving.links;
    expect(served?.received.length).toBe(10);
    while ((served?.received.length ?? 0) < 500)
      for (const acknowledge of served?.acknowledgements.splice(0) ?? []) {
        acknowledge();
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    expect(served?.received.length).toBe(500);
  });
});

test.each([
  ['MTP', async (serving: Serving) => RawClient.open(serving), ping(1n)],
  ['WebSocket', async (serving: Serving) => openWeb(serving), frame('PING')],
])('%s: who does not read what it is sent is ended', async (_name, open, first) => {
  const slowly = { untakenSeconds: 60, leastBytesPerSecond: 1024, untakenBytes: 16 * 1024 * 1024 };
  const serving = await serve({ limits: slowly });
  const client = await open(serving);
  await client.write(first);
  await client.take(6);
  client.socket.pause();
  // More than the system takes for somebody who does not read.
  for (let index = 0; index < 15; index += 1)
    serving.links[0]?.link.send({ bytes: new Uint8Array(1024 * 1024).fill(0x20), signature: '' });
  await serving.clock.settled();
  const waiting = serving.links[0]?.link.waitingBytes ?? 0;
  expect(waiting).toBeGreaterThan(0);
  await serving.clock.advance(127);
  expect(serving.links[0]?.ends).toEqual([]);
  // A piece of a mebibyte may take a minute, and as long as its bytes may.
  for (let minute = 0; minute < 40 && serving.links[0]?.ends.length === 0; minute += 1) {
    await client.write(first);
    await serving.clock.advance(30);
  }
  expect(serving.links[0]?.ends).toEqual(['slow']);
  client.socket.resume();
  await client.closed;
});

describe('WebSockets', () => {
  test('answer a ping and a close', async () => {
    const serving = await serve();
    const client = await openWeb(serving);
    await client.write(frame('abc', 0x89));
    expect((await client.take(5)).toString('hex')).toBe('8a03616263');
    await client.write(frame(Uint8Array.of(3, 0xe8), 0x88));
    expect((await client.take(4)).toString('hex')).toBe('880203e8');
    await client.closed;
    await serving.until(() => serving.links[0]?.ends.length === 1);
    expect(serving.links[0]?.ends).toEqual(['left']);
  });

  test('join the parts of a message', async () => {
    const serving = await serve();
    const client = await openWeb(serving);
    await client.write(
      Buffer.concat([
        frame('{"a"', 0x01),
        frame('', 0x89),
        frame(':', 0x00),
        frame('1}', 0x80),
        frame('{"b":1}', 0x82),
      ]),
    );
    await serving.until(() => serving.links[0]?.received.length === 2);
    expect(serving.links[0]?.received).toEqual(['{"a":1}', '{"b":1}']);
  });

  test.each([
    ['a message that is too long', frame('x'.repeat(200)), 1009],
    ['one that is too long in parts', Buffer.concat([frame('x'.repeat(60), 1), frame('x'.repeat(60), 0)]), 1009],
    ['what is no UTF-8', frame(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff)), 1007],
    ['a frame without a mask', Uint8Array.of(0x81, 4, 0x50, 0x49, 0x4e, 0x47), 1002],
  ])('end for %s', async (_what, wrong, code) => {
    const serving = await serve({ limits: { payloadBytes: 100 } });
    const client = await openWeb(serving);
    await client.write(wrong);
    expect((await client.take(4)).readUInt16BE(2)).toBe(code);
    await serving.until(() => serving.links[0]?.ends.length === 1);
    expect([serving.links[0]?.ends, serving.links[0]?.received]).toEqual([['refused'], []]);
    // It does not answer.
    await serving.clock.advance(4);
    await client.closed;
  });

  test('are told that a station goes away', async () => {
    const serving = await serve();
    const client = await openWeb(serving);
    const closing = serving.listener.close({ graceSeconds: 5 });
    expect((await client.take(4)).readUInt16BE(2)).toBe(1001);
    await client.write(frame(Uint8Array.of(3, 0xe9), 0x88));
    await closing;
    expect(serving.links[0]?.ends).toEqual(['closed']);
  });
});

describe('the end of a listener', () => {
  test('does not wait for those who do not end', async () => {
    const serving = await serve();
    const client = await RawClient.open(serving);
    await client.write(ping(1n));
    await client.take(20);
    const half = await RawClient.open(serving);
    const closing = serving.listener.close({ graceSeconds: 5 });
    client.socket.pause();
    await half.closed;
    await serving.clock.advance(4);
    await serving.clock.advance(2);
    await closing;
    expect(serving.links[0]?.ends).toEqual(['closed']);
    await expect(RawClient.open(serving)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('users that fail', () => {
  test('who accepts none', async () => {
    const serving = await serve({
      accept: () => {
        throw new Error('broken');
      },
    });
    const client = await RawClient.open(serving);
    await client.write(ping(1n));
    await client.until(() => false);
    expect(client.isClosed).toBe(true);
  });

  test('who fails at everything', async () => {
    const fail = (): never => {
      throw new Error('broken');
    };
    const serving = await serve({ use: () => ({ receive: fail, drained: fail, ended: fail }) });
    const client = await openWeb(serving);
    serving.links[0]?.link.send({ bytes: bytes('x'.repeat(100_000)), signature: '', acknowledged: fail });
    await client.until((received) => received.length > 100_000);
    await client.write(Buffer.concat([frame('{"a":1}'), frame('NOOP')]));
    client.socket.destroy();
    const other = await RawClient.open(serving);
    await other.write(ping(1n));
    expect((await other.take(20)).length).toBe(20);
  });
});

test('a listener outlives whatever comes', async () => {
  const serving = await serve({ tls });
  const starts = [
    ping(1n),
    marsSend(1, '{"a":1}'),
    upgrade(),
    message(1n, '{"a":1}'),
    Uint8Array.of(0x16, 3, 1),
    frame('x'),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 64 })), { maxLength: 6 }),
      async (pieces) => {
        const client = await RawClient.open(serving);
        for (const piece of pieces) if (!client.isClosed) await client.write(piece);
        client.socket.destroy();
        await client.closed;
      },
    ),
    { numRuns: 100 },
  );
  const client = await RawClient.open(serving);
  await client.write(ping(7n));
  expect((await client.take(20)).length).toBe(20);
});

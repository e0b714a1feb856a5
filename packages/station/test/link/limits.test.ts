/** What a client may do, how fast and how slowly; with MTP, but the same for all framings. */
import { describe, expect, test } from '@jest/globals';
import { encodePacket } from 'dimsdk/internal';
import type { LinkShared } from '../../src/link/link-shared.ts';
import { MarsLink } from '../../src/link/mars-link.ts';
import { MtpLink } from '../../src/link/mtp-link.ts';
import { WebSocketLink } from '../../src/link/web-socket-link.ts';
import { DEFAULT_LISTENER_LIMITS, readListenerLimits, type ListenerLimits } from '../../src/link/listener-limits.ts';
import { bench, bytes, payload, type Bench } from './fake-socket.ts';

const mtp = (limits?: Partial<ListenerLimits>): Bench<MtpLink> =>
  bench((socket, shared) => new MtpLink(socket, shared), limits);

const message = (number: number, body = `{"a":${number}}`): Uint8Array =>
  encodePacket({ type: 'message', transaction: BigInt(number), body: bytes(body) });

const messages = (count: number): Uint8Array =>
  new Uint8Array(Buffer.concat(Array.from({ length: count }, (_, index) => message(index))));

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `{"a":${index}}`);

describe('limits', () => {
  test('are those given, and the defaults', () => {
    expect(readListenerLimits({ connections: 1 })).toEqual({ ...DEFAULT_LISTENER_LIMITS, connections: 1 });
  });

  test.each([{ conections: 1 }, { connections: 0 }, { connections: 1.5 }, { connections: Number.NaN }])(
    '%j are none',
    (given) => {
      expect(() => readListenerLimits(given as Partial<ListenerLimits>)).toThrow(
        expect.objectContaining({ code: 'USAGE_ARGUMENT' }),
      );
    },
  );

  test('let the largest payload out', () => {
    const payloadBytes = 64 * 1024 * 1024;
    expect(readListenerLimits({ payloadBytes })).toMatchObject({ payloadBytes });
    expect(() => readListenerLimits({ payloadBytes, outgoingBytes: 4 * payloadBytes - 1 })).toThrow(
      expect.objectContaining({ code: 'USAGE_ARGUMENT', path: 'limits.outgoingBytes' }),
    );
  });
});

describe('reading stops, and nothing is lost', () => {
  test('where too many are not acknowledged', () => {
    const it = mtp({ unacknowledgedPayloads: 3 });
    it.link.read(messages(10));
    it.link.read(message(10));
    expect(it.received).toEqual(numbers(3));
    expect(it.socket.isPaused).toBe(true);
    it.acknowledgements[1]?.();
    expect(it.received).toEqual(numbers(4));
    for (const acknowledge of it.acknowledgements) acknowledge();
    expect(it.received).toEqual(numbers(11));
    expect(it.socket.isPaused).toBe(false);
  });

  test('where too many bytes are not acknowledged', () => {
    const it = mtp({ unacknowledgedBytes: 10 });
    it.link.read(messages(4));
    expect(it.received).toEqual(numbers(2));
    it.acknowledgements[0]?.();
    expect(it.received).toEqual(numbers(3));
  });

  test('where they come too fast', () => {
    const it = mtp({ burstPayloads: 5, payloadsPerSecond: 2 });
    it.link.read(messages(20));
    for (const acknowledge of it.acknowledgements) acknowledge();
    expect(it.received).toEqual(numbers(5));
    it.pass(1);
    expect(it.received).toEqual(numbers(7));
    expect(it.socket.isPaused).toBe(true);
    it.pass(200);
    expect(it.received).toEqual(numbers(20));
    expect(it.socket.isPaused).toBe(false);
  });

  test('before the login after a few, and no longer than until then', () => {
    const it = bench((socket, shared) => new MtpLink(socket, shared), {}, undefined, { isStranger: true });
    it.link.read(messages(100));
    expect(it.received).toEqual(numbers(8));
    it.pass(4);
    expect(it.received).toEqual(numbers(16));
    expect([it.socket.isPaused, it.link.end]).toEqual([true, undefined]);
    it.link.loggedIn('somebody');
    expect(it.received).toEqual(numbers(100));
    expect(it.socket.isPaused).toBe(false);
  });

  test('where the client does not take the answers', () => {
    const it = mtp();
    it.socket.isTaking = false;
    const pings = Buffer.concat(
      Array.from({ length: 1000 }, () => encodePacket({ type: 'command', transaction: 1n, body: bytes('PING') })),
    );
    for (let round = 0; round < 20 && !it.socket.isPaused; round += 1) {
      it.link.read(pings);
      it.turn();
      it.pass(1);
    }
    expect(it.socket.isPaused).toBe(true);
    expect(it.link.waitingBytes).toBeLessThan(300_000);
    it.socket.take();
    it.turn();
    expect(it.socket.isPaused).toBe(false);
  });

  test('for as long as all links together hold too much', () => {
    const it = mtp({ heldBytes: 1000 });
    const others = { bytes: 1001, user: 'others', end: () => undefined };
    it.shared.held.changed(others, 1001);
    it.link.read(messages(2));
    expect(it.received).toEqual(numbers(1));
    it.shared.held.changed({ ...others, bytes: 0 }, -1001);
    it.pass(1);
    expect(it.received).toEqual(numbers(2));
  });

  test('but where the station keeps nothing, the link ends', async () => {
    const it = mtp({ unacknowledgedPayloads: 3, idleSeconds: 10 });
    it.link.read(messages(10));
    it.pass(119);
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    await Promise.resolve();
    expect(it.ends).toEqual(['closed']);
    expect(it.shared.held.bytes).toBe(0);
  });
});

describe('silence', () => {
  test('of 128 seconds ends it; every byte renews', async () => {
    const it = mtp();
    it.pass(127);
    it.link.read(message(1).subarray(0, 1));
    it.pass(1);
    it.link.read(message(1).subarray(1));
    it.pass(128);
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    await Promise.resolve();
    expect(it.ends).toEqual(['silent']);
    expect(it.socket.isDestroyed).toBe(true);
  });

  test('a packet that does not go on ends it before', () => {
    const it = mtp();
    it.link.read(message(1, 'x'.repeat(100_000)).subarray(0, 100));
    it.pass(30);
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    expect(it.link.end).toBe('refused');
  });

  test('a packet that comes as fast as it must is taken', () => {
    const it = mtp({ leastBytesPerSecond: 1024 });
    const packet = message(1, 'x'.repeat(300_000));
    for (let start = 0; start < packet.length; start += 1100) {
      it.link.read(packet.subarray(start, start + 1100));
      it.pass(1);
    }
    expect(it.received).toEqual(['x'.repeat(300_000)]);
  });

  test('a packet that crawls is not', () => {
    const it = mtp();
    const packet = message(1, 'x'.repeat(300_000));
    let start = 0;
    for (; start < packet.length && it.link.end === undefined; start += 500) {
      it.link.read(packet.subarray(start, start + 500));
      it.pass(1);
    }
    expect(it.link.end).toBe('refused');
    expect(start).toBeLessThan(35_000);
    expect(it.shared.held.bytes).toBe(0);
  });
});

describe('a client that does not take what it is sent', () => {
  test('is ended after a time', async () => {
    const it = mtp({ untakenSeconds: 60, leastBytesPerSecond: 1024 });
    it.socket.isTaking = false;
    it.link.send(payload('x'.repeat(10_240)));
    it.pass(70);
    expect(it.link.end).toBeUndefined();
    it.pass(2);
    await Promise.resolve();
    expect(it.ends).toEqual(['slow']);
  });

  test('is ended at once where too much waits, and told later', async () => {
    const it = mtp({ untakenBytes: 1000 });
    it.socket.isTaking = false;
    it.link.send(payload('x'.repeat(900)));
    expect(it.link.end).toBeUndefined();
    it.link.send(payload('x'.repeat(900)));
    expect(it.link.end).toBeUndefined();
    it.link.send(payload('x'));
    expect([it.link.end, it.ends, it.link.waitingBytes]).toEqual(['slow', [], 0]);
    await Promise.resolve();
    expect(it.ends).toEqual(['slow']);
    it.link.send(payload('x'));
    it.turn();
    expect(it.socket.written).toEqual([]);
  });

  test('but not for one payload, which may be as large as any', async () => {
    const it = mtp({ untakenBytes: 1000 });
    it.socket.isTaking = false;
    const large = payload('x'.repeat(100_000));
    it.link.send(large);
    it.pass(10);
    expect(it.link.end).toBeUndefined();
    it.socket.take();
    it.link.read(encodePacket({ type: 'message-response', transaction: 100n, body: bytes('OK') }));
    expect(large.count()).toBe(1);
  });

  test('what is sent in a turn is written at once, and much of it piece by piece', () => {
    const it = mtp();
    for (let index = 0; index < 100; index += 1) it.link.send(payload('x'.repeat(100)));
    expect(it.socket.writes).toBe(0);
    it.turn();
    expect(it.socket.writes).toBe(1);
    expect(it.drained()).toBe(0);
    it.socket.isTaking = false;
    for (let index = 0; index < 100; index += 1) it.link.send(payload('x'.repeat(10_000)));
    it.turn();
    expect([it.socket.writes, it.link.waitingBytes]).toEqual([2, 1_001_600]);
    it.socket.take();
    expect([it.socket.writes, it.link.waitingBytes, it.drained()]).toEqual([18, 0, 1]);
  });
});

describe('where too much waits for all clients', () => {
  /** Links of one listener, over which so many KiB go out that are not taken. */
  const listener = (limit: number, ...sizes: readonly number[]): readonly Bench<MtpLink>[] => {
    const benches: Bench<MtpLink>[] = [];
    for (const size of sizes) {
      const make = (socket: ConstructorParameters<typeof MtpLink>[0], shared: LinkShared): MtpLink =>
        new MtpLink(socket, shared);
      const one = bench(make, { outgoingBytes: limit, payloadBytes: 4000 }, benches[0]?.shared);
      one.socket.isTaking = false;
      for (let count = 0; count < size; count += 1) one.link.send(payload('x'.repeat(1000)));
      benches.push(one);
    }
    return benches;
  };
  const endsOf = (benches: readonly Bench<MtpLink>[]): readonly unknown[] => benches.map(({ link }) => link.end);

  test('those end that have the most of it, and others go on', async () => {
    const benches = listener(250_000, 10, 50, 5, 30);
    const [, most, least] = benches;
    expect(endsOf(benches)).toEqual([undefined, undefined, undefined, undefined]);
    // It is not the one that brings it over the limit.
    for (let count = 0; count < 40; count += 1) least?.link.send(payload('x'.repeat(1000)));
    expect(endsOf(benches)).toEqual([undefined, 'slow', undefined, undefined]);
    await Promise.resolve();
    expect(most?.ends).toEqual(['slow']);
    expect(least?.shared.waiting.bytes).toBeLessThan(250_000);
  });

  test('what is taken and acknowledged counts no more, in any framing', () => {
    const [one] = listener(1_000_000, 3);
    const { shared } = one ?? bench((socket, parts) => new MtpLink(socket, parts));
    const web = bench((socket, parts) => new WebSocketLink(socket, parts), {}, shared);
    const mars = bench((socket, parts) => new MarsLink(socket, parts), {}, shared);
    web.link.send(payload('{"time":1}', 'a'));
    mars.link.send(payload('{"time":1}', 'a'));
    web.turn();
    one?.turn();
    one?.socket.take();
    const before = shared.waiting.bytes;
    expect(before).toBeGreaterThan(3000);
    one?.link.read(
      Uint8Array.from(
        [100n, 101n, 102n].flatMap((transaction) => [
          ...encodePacket({ type: 'message-response', transaction, body: bytes('OK') }),
        ]),
      ),
    );
    web.link.frame(bytes('ACK:{"time":1,"signature":"a"}'));
    expect(shared.waiting.bytes).toBeLessThan(before - 3000);
    mars.link.gone();
    expect(shared.waiting.bytes).toBe(0);
  });

  test('answers of the framing count, too', () => {
    const [one] = listener(20_000, 1);
    const pings = Buffer.concat(
      Array.from({ length: 500 }, () => encodePacket({ type: 'command', transaction: 1n, body: bytes('PING') })),
    );
    one?.link.read(pings);
    expect(one?.link.end).toBe('slow');
  });
});

describe('close', () => {
  test('lets out what was sent, and hears what is acknowledged', async () => {
    const it = mtp();
    it.socket.isTaking = false;
    const sent = payload('{"a":1}');
    it.link.send(sent);
    it.link.close();
    it.link.close();
    it.link.send(payload('{"a":2}'));
    it.link.read(message(1));
    expect(it.socket.ends).toEqual([]);
    it.socket.take();
    expect(it.socket.ends).toEqual(['closed']);
    it.link.read(encodePacket({ type: 'message-response', transaction: 100n, body: bytes('OK') }));
    expect(sent.count()).toBe(1);
    it.link.gone();
    it.link.gone();
    await Promise.resolve();
    expect([it.ends, it.received]).toEqual([['closed'], []]);
    expect(it.socket.written.length).toBe(1);
  });

  test('waits for a moment only', async () => {
    const it = mtp();
    it.socket.isTaking = false;
    const sent = payload('{"a":1}');
    it.link.send(sent);
    it.link.close();
    it.pass(1);
    await Promise.resolve();
    expect(it.ends).toEqual(['closed']);
    expect(it.socket.isDestroyed).toBe(true);
    it.link.read(encodePacket({ type: 'message-response', transaction: 100n, body: bytes('OK') }));
    expect(sent.count()).toBe(0);
  });

  test('of one that may not read is read, to end it', () => {
    const it = mtp({ unacknowledgedPayloads: 1 });
    it.link.read(messages(10));
    expect(it.socket.isPaused).toBe(true);
    it.link.close();
    expect(it.socket.isPaused).toBe(false);
    expect(it.received).toEqual(numbers(1));
    expect(it.socket.ends).toEqual(['closed']);
  });
});

test('a link that ends before it has a user tells it', async () => {
  const it = mtp({ untakenBytes: 10 });
  const ends: string[] = [];
  it.link.send(payload('x'.repeat(100)));
  it.link.send(payload('x'));
  it.link.start({ receive: () => undefined, drained: () => undefined, ended: (end) => ends.push(end) });
  await Promise.resolve();
  expect(ends).toEqual(['slow']);
});

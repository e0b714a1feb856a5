/** MTP, without a network. */
import { describe, expect, test } from '@jest/globals';
import { encodePacket, MtpDecoder, type MtpPacket, type MtpType } from 'dimsdk/internal';
import { MtpLink } from '../../src/link/mtp-link.ts';
import type { ListenerLimits } from '../../src/link/listener-limits.ts';
import { CODEC_CASES } from './captured-packets.ts';
import { bench, bytes, payload, text, type Bench } from './fake-socket.ts';

const mtp = (limits?: Partial<ListenerLimits>): Bench<MtpLink> =>
  bench((socket, shared) => new MtpLink(socket, shared), limits);

const packet = (type: MtpType, transaction: bigint | undefined, body: string, page?: MtpPacket['page']): Uint8Array =>
  encodePacket({ type, transaction, page, body: bytes(body) });

/** What was written, as it can be read at a glance. */
function news({ socket, turn }: Bench<MtpLink>): readonly string[] {
  turn();
  const decoder = new MtpDecoder(1 << 24);
  return socket
    .news()
    .flatMap((piece) =>
      [...decoder.packets(piece)].map(
        ({ type, transaction, page, body }) =>
          `${type} ${String(transaction)}${page === undefined ? '' : ` ${page.index}/${page.pages}`} ${text(body)}`,
      ),
    );
}

describe('what comes', () => {
  test('a message is acknowledged when it is kept, in any order, and once', () => {
    const it = mtp();
    it.link.read(Buffer.concat([packet('message', 1n, '{"a":1}'), packet('message', 2n, '{"a":2}')]));
    expect(it.received).toEqual(['{"a":1}', '{"a":2}']);
    expect(news(it)).toEqual([]);
    it.acknowledgements[1]?.();
    it.acknowledgements[0]?.();
    it.acknowledgements[0]?.();
    expect(news(it)).toEqual(['message-response 2 OK', 'message-response 1 OK']);
    expect(it.socket.writes).toBe(1);
  });

  test('commands, words and packets without a transaction', () => {
    const it = mtp();
    it.link.read(packet('command', 1n, 'PING'));
    it.link.read(packet('command', 2n, 'WHAT'));
    it.link.read(packet('message', 3n, 'PING'));
    it.link.read(packet('message', 4n, ''));
    it.link.read(packet('command', undefined, 'PING'));
    it.link.read(packet('command-response', 5n, 'PONG'));
    it.link.read(packet('message-response', 6n, 'OK'));
    expect(news(it)).toEqual([
      'command-response 1 PONG',
      'command-response 2 OK',
      'message-response 3 OK',
      'message-response 4 OK',
      'command-response undefined PONG',
    ]);
    expect(it.received).toEqual([]);
  });

  test('fragments are joined, and each is answered once the payload is kept', () => {
    const it = mtp();
    const page = (index: number): NonNullable<MtpPacket['page']> => ({ index, pages: 3 });
    it.link.read(packet('fragment', 9n, '{"a"', page(0)));
    it.link.read(packet('fragment', 9n, '2}', page(2)));
    expect(it.received).toEqual([]);
    it.link.read(packet('fragment', 9n, ':', page(1)));
    expect(it.received).toEqual(['{"a":2}']);
    expect(news(it)).toEqual([]);
    it.acknowledgements[0]?.();
    expect(news(it)).toEqual(['0/3', '1/3', '2/3'].map((of) => `message-response 9 ${of} OK`));
    it.link.read(packet('fragment', 9n, ':', page(1)));
    expect(news(it)).toEqual(['message-response 9 1/3 OK']);
  });

  test('fragments that wait for ever fill no memory', async () => {
    const it = mtp({ payloadBytes: 10_000 });
    for (let index = 0n; index < 10_000n && it.link.end === undefined; index += 1n)
      it.link.read(packet('fragment', index, 'x'.repeat(500), { index: 0, pages: 2 }));
    await Promise.resolve();
    expect(it.ends).toEqual(['refused']);
    const many = mtp();
    many.link.read(packet('fragment', 1n, 'x', { index: 0, pages: 5000 }));
    expect(many.link.end).toBe('refused');
  });

  test.each([
    ['a length that is too large', encodePacket({ type: 'message', transaction: 1n, body: new Uint8Array(101) })],
    ['a header without a length', Uint8Array.of(0x44, 0x49, 0x4d, 0x12)],
    ['too much garbage', new Uint8Array(65 * 1024).fill(0x44)],
  ])('%s ends it', async (_what, start) => {
    const it = mtp({ payloadBytes: 100 });
    it.link.read(packet('message', 1n, '{"a":1}'));
    it.link.read(start);
    it.link.read(packet('message', 2n, '{"a":2}'));
    it.acknowledgements[0]?.();
    await Promise.resolve();
    expect(it.ends).toEqual(['refused']);
    expect(it.received).toEqual(['{"a":1}']);
    expect(news(it)).toEqual([]);
    expect(it.shared.held.bytes).toBe(0);
  });

  test('a user that fails is no end', () => {
    const it = mtp();
    it.link.start({
      receive: () => {
        throw new Error('broken');
      },
      drained: () => undefined,
      ended: () => undefined,
    });
    it.link.read(packet('message', 1n, '{"a":1}'));
    it.link.read(packet('command', 2n, 'PING'));
    expect(news(it)).toEqual(['command-response 2 PONG']);
  });
});

describe('what goes out', () => {
  test('is acknowledged by its transaction, once', () => {
    const it = mtp();
    const sent = [payload('{"a":1}'), payload('{"a":2}')];
    for (const each of sent) it.link.send(each);
    expect(news(it)).toEqual(['message 100 {"a":1}', 'message 101 {"a":2}']);
    it.link.read(packet('message-response', 101n, 'OK'));
    it.link.read(packet('message-response', 101n, 'OK'));
    it.link.read(packet('message-response', 100n, 'AGAIN'));
    it.link.read(packet('message-response', 77n, 'OK'));
    expect(sent.map(({ count }) => count())).toEqual([0, 1]);
  });

  test('is sent again after 120 and 240 seconds, and ends the link after 360', async () => {
    const it = mtp({ idleSeconds: 1000 });
    it.link.send(payload('{"a":1}'));
    expect(news(it)).toEqual(['message 100 {"a":1}']);
    it.pass(119);
    expect(news(it)).toEqual([]);
    it.pass(1);
    expect(news(it)).toEqual(['message 100 {"a":1}']);
    it.pass(120);
    expect(news(it)).toEqual(['message 100 {"a":1}']);
    it.pass(119);
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    await Promise.resolve();
    expect(it.ends).toEqual(['slow']);
    expect(it.socket.isDestroyed).toBe(true);
  });

  test('is not sent again as long as the network has not taken it', () => {
    const it = mtp({ idleSeconds: 1000, untakenSeconds: 1000 });
    it.socket.isTaking = false;
    it.link.send(payload('{"a":1}'));
    it.pass(130);
    expect(news(it)).toEqual(['message 100 {"a":1}']);
  });

  test('where a client acknowledges nothing, only so much is sent', () => {
    const it = mtp({ unansweredPayloads: 3 });
    for (let index = 0; index < 4; index += 1) it.link.send(payload('{"a":1}'));
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    expect(it.link.end).toBe('slow');
  });
});

describe('packets of deployed peers', () => {
  test.each(CODEC_CASES)('$name', ({ send, reply }) => {
    const it = mtp();
    for (const piece of send) it.link.read(new Uint8Array(Buffer.from(piece, 'hex')));
    for (const acknowledge of it.acknowledgements) acknowledge();
    it.turn();
    expect(Buffer.concat(it.socket.news()).toString('hex')).toBe(reply);
  });
});

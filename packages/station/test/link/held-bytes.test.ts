/** Who ends where all links together hold too much of what came: not whoever happens to bring something then. */
import { describe, expect, test } from '@jest/globals';
import { encodePacket } from 'dimsdk/internal';
import type { Logger } from 'dimsdk';
import type { ListenerLimits } from '../../src/link/listener-limits.ts';
import { MtpLink } from '../../src/link/mtp-link.ts';
import { WebSocketLink } from '../../src/link/web-socket-link.ts';
import { bench, bytes, type Bench, type BenchOptions } from './fake-socket.ts';

const KIB = 1024;

/** A message of so many bytes, without the last one. */
const begun = (size: number): Uint8Array =>
  encodePacket({ type: 'message', transaction: 1n, body: new Uint8Array(size).fill(0x20) }).subarray(0, -1);

/** Links of one listener. */
function listener(limits: Partial<ListenerLimits>, logger?: Logger): (options?: BenchOptions) => Bench<MtpLink> {
  let first: Bench<MtpLink> | undefined;
  return (options = {}) => {
    const next = bench((socket, shared) => new MtpLink(socket, shared), limits, first?.shared, {
      ...(logger && { logger }),
      ...options,
    });
    first ??= next;
    return next;
  };
}

/** Bytes come in pieces, as from a network. */
function bring({ link }: Bench<MtpLink>, packet: Uint8Array): void {
  for (let start = 0; start < packet.length && link.end === undefined; start += 64 * KIB)
    link.read(packet.slice(start, start + 64 * KIB));
}

test('before the login a payload is as long as a handshake may be, and no longer', () => {
  const open = listener({});
  const [short, long, known] = [open({ isStranger: true }), open({ isStranger: true }), open()];
  bring(short, begun(250 * KIB));
  bring(long, begun(300 * KIB));
  bring(known, begun(300 * KIB));
  expect([short.link.end, long.link.end, known.link.end]).toEqual([undefined, 'refused', undefined]);
  short.link.loggedIn('somebody');
  bring(short, new Uint8Array(1));
  expect(short.received.length).toBe(1);
  bring(short, begun(300 * KIB));
  expect(short.link.end).toBeUndefined();
});

test('strangers end first, those that have held something for longest, and never a user for them', () => {
  const open = listener({ heldBytes: 4 * 1024 * KIB });
  const strangers = Array.from({ length: 13 }, () => open({ isStranger: true }));
  const alice = open();
  for (const stranger of strangers) bring(stranger, begun(250 * KIB));
  bring(alice, begun(200 * KIB));
  expect(alice.link.end).toBeUndefined();
  for (const stranger of Array.from({ length: 30 }, () => open({ isStranger: true }))) {
    bring(stranger, begun(250 * KIB));
    expect(stranger.link.end).toBeUndefined();
  }
  bring(alice, new Uint8Array(1));
  expect(alice.received.length).toBe(1);
  expect(alice.shared.held.isFull).toBe(false);
  expect(strangers.every(({ link }) => link.end === 'refused')).toBe(true);
});

test('of users, the one ends who holds the most over all of his links', () => {
  const open = listener({ heldBytes: 2 * 1024 * KIB });
  const alice = open();
  bring(alice, begun(300 * KIB));
  const greedy = Array.from({ length: 10 }, () => open({ user: 'Mallory' }));
  for (const one of greedy) bring(one, begun(200 * KIB));
  expect(greedy.some(({ link }) => link.end === 'refused')).toBe(true);
  expect(alice.link.end).toBeUndefined();
  for (const one of greedy) one.link.gone();
  alice.link.gone();
  expect(alice.shared.held.bytes).toBe(0);
});

test('who holds little does not end for others', () => {
  const open = listener({ heldBytes: 1000 });
  const [alice, bob] = [open(), open()];
  bring(alice, begun(50 * KIB));
  bring(bob, begun(50 * KIB));
  expect([alice.link.end, bob.link.end]).toEqual([undefined, undefined]);
  bring(bob, new Uint8Array(30 * KIB));
  expect([alice.link.end, bob.link.end]).toEqual([undefined, 'refused']);
});

test('it is said once a minute, and with how many', () => {
  const said: (readonly [string, unknown])[] = [];
  const quiet = (): void => undefined;
  const warn: Logger['warn'] = (event, fields) => void said.push([event, fields?.['others']]);
  const open = listener({ heldBytes: 4 * 1024 * KIB }, { debug: quiet, info: quiet, warn, error: quiet });
  const watch = open();
  const flood = (): void => {
    for (const stranger of Array.from({ length: 20 }, () => open({ isStranger: true })))
      bring(stranger, begun(250 * KIB));
  };
  flood();
  flood();
  expect(said).toEqual([['clients bring more than there is room for', 0]]);
  watch.pass(61);
  flood();
  expect(said.length).toBe(2);
  expect(said[1]?.[1]).toBeGreaterThan(3);
});

describe('a packet that has begun must go on', () => {
  test('however much of it came at once', () => {
    const it = listener({})();
    bring(it, begun(4000 * KIB));
    it.pass(30);
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    expect(it.link.end).toBe('refused');
  });

  test('and may pause', () => {
    const it = listener({})();
    const packet = begun(1000 * KIB);
    for (let start = 0; start < 1000 * KIB; start += 200 * KIB) {
      bring(it, packet.slice(start, start + 200 * KIB));
      it.pass(29);
    }
    expect(it.link.end).toBeUndefined();
  });
});

describe('control frames within a message', () => {
  const web = (): Bench<WebSocketLink> => bench((socket, shared) => new WebSocketLink(socket, shared));

  test.each([
    ['each in a piece of its own', [6]],
    ['byte by byte', [1, 1, 1, 1, 1, 1]],
    ['across pieces', [3, 6, 3]],
    ['many in a piece', [600]],
  ])('hold nothing: %s', (_how, pieces) => {
    const it = web();
    it.link.piece(1000);
    const before = it.shared.held.bytes;
    for (let round = 0; round < 1000; round += 1) {
      let open = 0;
      for (const piece of pieces) {
        it.link.piece(piece);
        for (open += piece; open >= 6; open -= 6) it.link.control(6);
      }
    }
    expect(it.shared.held.bytes).toBe(before);
    it.link.frame(bytes('{"a":1}'));
    it.acknowledgements[0]?.();
    expect(it.shared.held.bytes).toBe(0);
  });
});

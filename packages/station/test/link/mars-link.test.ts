/** Mars, without a network. */
import { describe, expect, test } from '@jest/globals';
import { Transactions } from 'dimsdk/internal';
import { MarsLink } from '../../src/link/mars-link.ts';
import { encodeMars, MarsDecoder, type MarsCommand } from '../../src/link/mars-packet.ts';
import type { ListenerLimits } from '../../src/link/listener-limits.ts';
import { MARS_CASES } from './captured-packets.ts';
import { bench, bytes, payload, text, type Bench } from './fake-socket.ts';

/** The serial number that the capture has. */
const FIRST = 0x1a0e3207n;

const mars = (limits?: Partial<ListenerLimits>): Bench<MarsLink> =>
  bench((socket, shared) => new MarsLink(socket, { ...shared, transactions: new Transactions(FIRST) }), limits);

const packet = (command: MarsCommand, sequence: number, body: string): Uint8Array =>
  encodeMars(command, sequence, bytes(body));

function news({ socket, turn }: Bench<MarsLink>): readonly string[] {
  turn();
  const decoder = new MarsDecoder(1 << 24);
  return socket
    .news()
    .flatMap((piece) =>
      [...decoder.packets(piece)].map(({ command, sequence, body }) => `${String(command)} ${sequence} ${text(body)}`),
    );
}

test.each(MARS_CASES)('a packet of deployed peers: $name', ({ send, reply }) => {
  const it = mars();
  for (const piece of send) it.link.read(new Uint8Array(Buffer.from(piece, 'hex')));
  for (const acknowledge of it.acknowledgements) acknowledge();
  it.turn();
  expect(Buffer.concat(it.socket.news()).toString('hex')).toBe(reply);
});

test('packets are found in whatever pieces they come', () => {
  const stream = Buffer.concat([packet('send', 1, '{"a":1}'), packet('noop', 2, ''), packet('send', 3, '{"a":2}')]);
  for (let size = 1; size <= stream.length; size += 1) {
    const it = mars();
    for (let index = 0; index < stream.length; index += size)
      it.link.read(new Uint8Array(stream.subarray(index, index + size)));
    expect(it.received).toEqual(['{"a":1}', '{"a":2}']);
    expect(news(it)).toEqual(['noop 2 ']);
  }
});

test('a payload is acknowledged by an empty push once it is kept, or by its own number', () => {
  const it = mars();
  it.link.read(packet('send', 1, '{"a":1}'));
  it.link.read(packet('push', 0, 'Mars SN:abc=\n{"a":2}'));
  it.link.read(packet('send', 2, 'OK'));
  expect(news(it)).toEqual(['push 0 Mars SN:Gg4yBw==\n']);
  for (const acknowledge of it.acknowledgements) acknowledge();
  expect(it.received).toEqual(['{"a":1}', '{"a":2}']);
  expect(news(it)).toEqual(['push 0 Mars SN:Gg4yCA==\n', 'push 0 Mars SN:abc=\nOK']);
});

test('what goes out is numbered, acknowledged by its number, and sent again', () => {
  const it = mars({ idleSeconds: 1000 });
  const [first, second] = [payload('{"a":1}'), payload('{"a":2}')];
  it.link.send(first);
  it.link.send(second);
  expect(news(it)).toEqual(['push 0 Mars SN:Gg4yBw==\n{"a":1}', 'push 0 Mars SN:Gg4yCA==\n{"a":2}']);
  it.link.read(packet('push', 0, 'Mars SN:Gg4yCA==\nOK'));
  it.link.read(packet('push', 0, 'Mars SN:Gg4yCA==\nOK'));
  it.link.read(packet('push', 0, 'Mars SN:none\nOK'));
  it.link.read(packet('push', 0, 'OK'));
  expect([first.count(), second.count()]).toEqual([0, 1]);
  it.pass(120);
  expect(news(it)).toEqual(['push 0 Mars SN:Gg4yBw==\n{"a":1}']);
  it.pass(240);
  expect(it.link.end).toBe('slow');
});

describe('what ends it', () => {
  test.each([
    ['a length that is too large', encodeMars('send', 1, new Uint8Array(101))],
    ['what is no header', new Uint8Array(20).fill(1)],
    ['what cannot become one', Uint8Array.of(0, 0, 0, 20, 1)],
  ])('%s', (_what, piece) => {
    const it = mars({ payloadBytes: 100 });
    it.link.read(packet('noop', 1, ''));
    it.link.read(piece);
    // Less than a header is looked at once there may be one.
    it.link.read(new Uint8Array(20));
    expect(it.link.end).toBe('refused');
  });
});

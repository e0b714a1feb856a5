/** The framing of WebSockets, without a network. */
import { describe, expect, test } from '@jest/globals';
import { WebSocketLink } from '../../src/link/web-socket-link.ts';
import type { ListenerLimits } from '../../src/link/listener-limits.ts';
import { bench, bytes, payload, text, type Bench, type Sent } from './fake-socket.ts';

const web = (limits?: Partial<ListenerLimits>): Bench<WebSocketLink> =>
  bench((socket, shared) => new WebSocketLink(socket, shared), limits);

function say({ link }: Bench<WebSocketLink>, ...frames: readonly string[]): void {
  for (const each of frames) {
    link.piece(each.length + 6);
    link.frame(bytes(each));
  }
}

function news({ socket, turn }: Bench<WebSocketLink>): readonly string[] {
  turn();
  return socket.news().map(text);
}

describe('PING', () => {
  test('is answered at once where nothing came before it', () => {
    const it = web();
    say(it, 'PING', 'NOOP', 'OK', 'PONG', '', 'PING');
    expect(news(it)).toEqual(['PONG', 'PONG']);
    expect(it.received).toEqual([]);
  });

  test('is answered when all that came before it is kept, in whatever order', () => {
    const it = web();
    say(it, '{"a":1}', '{"a":2}', 'PING', '{"a":3}', 'PING', 'PING');
    expect(news(it)).toEqual([]);
    it.acknowledgements[1]?.();
    it.acknowledgements[2]?.();
    expect(news(it)).toEqual([]);
    it.acknowledgements[0]?.();
    expect(news(it)).toEqual(['PONG', 'PONG', 'PONG']);
    say(it, '{"a":4}', 'PING', '{"a":5}');
    it.acknowledgements[3]?.();
    it.acknowledgements[3]?.();
    expect(news(it)).toEqual(['PONG']);
  });

  test('without end, while nothing is kept, ends the link', () => {
    const it = web();
    say(it, '{"a":1}');
    for (let index = 0; index < 2000; index += 1) say(it, 'PING');
    expect(it.link.end).toBe('refused');
  });
});

describe('acknowledgements of a client', () => {
  const ack = (time: unknown, signature?: unknown): string => `ACK:${JSON.stringify({ time, signature })}`;

  test('name a signature: all payloads with it are meant, and no others', () => {
    const it = web();
    const sent = [payload('{"time":1}', 'a'), payload('{"time":2}', 'b'), payload('{"time":3}', 'a')];
    for (const each of sent) it.link.send(each);
    expect(news(it)).toEqual(['{"time":1}', '{"time":2}', '{"time":3}']);
    // What does not say which, says only that this client acknowledges.
    say(it, ack(1, 'c'), 'ACK:nonsense', 'ACK:null', 'PING');
    expect(sent.map(({ count }) => count())).toEqual([0, 0, 0]);
    say(it, ack(9, 'a'), ack(9, 'a'));
    expect(sent.map(({ count }) => count())).toEqual([1, 0, 1]);
    say(it, String.raw`ACK:{"time": 2.0, "signature": "\u0062"}`);
    expect(sent.map(({ count }) => count())).toEqual([1, 1, 1]);
    expect(it.received).toEqual([]);
  });

  test('without a signature name a time', () => {
    const it = web();
    const sent = [payload('{"time":1.5}', 'a'), payload('{"W":2.5}', 'b'), payload('{"time":3.5}', 'c')];
    for (const each of sent) it.link.send(each);
    it.turn();
    say(it, ack(2.5), ack(3.5, ''), ack(undefined));
    expect(sent.map(({ count }) => count())).toEqual([0, 1, 1]);
  });

  test('that are damaged or too long', () => {
    const it = web();
    it.link.send(payload('{"time":1}', 'a'));
    it.link.frame(Uint8Array.of(0x41, 0x43, 0x4b, 0x3a, 0xff));
    expect(it.link.end).toBeUndefined();
    say(it, `ACK:${'x'.repeat(9000)}`);
    expect(it.link.end).toBe('refused');
  });

  test('where none comes, only so much is sent', () => {
    const it = web({ unansweredBytes: 10 });
    it.link.send(payload('{"time":1234}'));
    it.pass(1);
    expect(it.link.end).toBe('slow');
  });
});

describe('a client that never acknowledges', () => {
  const counts = (sent: readonly Sent[]): readonly number[] => sent.map(({ count }) => count());
  const pinged = ({ socket }: Bench<WebSocketLink>): readonly string[] =>
    socket.pings.map(({ payload: value }) => text(value));
  const pong = (it: Bench<WebSocketLink>, value: string): void => {
    it.link.piece(6 + value.length);
    it.link.control(6 + value.length);
    it.link.pong(bytes(value));
  };

  test('has nothing by what it said before it came: it is lost with the connection, and is kept', async () => {
    const it = web();
    const sent = payload('{"time":1}');
    it.link.send(sent);
    it.turn();
    // Written before the message reached it, for all that is known.
    say(it, 'PING', '{"a":1}', 'NOOP');
    it.link.piece(6);
    it.link.control(6);
    it.link.gone();
    await Promise.resolve();
    expect(sent.count()).toBe(0);
    expect(it.ends).toEqual(['left']);
  });

  test('is asked by a ping behind what was written, whose pong acknowledges that and nothing later', () => {
    const it = web();
    const sent = [payload('{"time":1}', 'a'), payload('{"time":2}', 'b'), payload('{"time":3}', 'c')];
    it.link.send(sent[0] ?? payload(''));
    it.turn();
    it.pass(1);
    expect(pinged(it)).toEqual([]);
    it.pass(1);
    expect(it.socket.pings.map(({ behind }) => behind)).toEqual([1]);
    it.link.send(sent[1] ?? payload(''));
    it.turn();
    it.pass(5);
    // Not what nobody asked for.
    for (const wrong of ['', '0', '2', '11', ' 1']) pong(it, wrong);
    expect([counts(sent), pinged(it)]).toEqual([[0, 0, 0], ['1']]);
    pong(it, '1');
    expect([counts(sent), pinged(it)]).toEqual([
      [1, 0, 0],
      ['1', '2'],
    ]);
    pong(it, '1');
    pong(it, '2');
    pong(it, '2');
    expect(counts(sent)).toEqual([1, 1, 0]);
    // It is known by now: it is asked as soon as the network has taken something.
    it.socket.isTaking = false;
    it.link.send(sent[2] ?? payload(''));
    it.turn();
    expect(pinged(it)).toEqual(['1', '2']);
    it.socket.take();
    expect(pinged(it)).toEqual(['1', '2', '3']);
    pong(it, '3');
    expect(counts(sent)).toEqual([1, 1, 1]);
    it.pass(100);
    expect(pinged(it)).toEqual(['1', '2', '3']);
  });

  test('and answers no ping ends as a silent one, whatever it says', async () => {
    const it = web({ idleSeconds: 30 });
    const sent = payload('{"time":1}');
    it.link.send(sent);
    it.turn();
    for (let second = 0; second < 32; second += 1) {
      say(it, 'PING');
      it.pass(1);
    }
    expect(it.link.end).toBeUndefined();
    it.pass(1);
    pong(it, '1');
    await Promise.resolve();
    expect([it.ends, sent.count()]).toEqual([['silent'], 0]);
  });

  test('is not late while nothing is read, nor after what it may take long to fetch', () => {
    const it = web({ idleSeconds: 10, unacknowledgedPayloads: 1, stalledSeconds: 1000, leastBytesPerSecond: 10 });
    const sent = payload(`{"time":${'1'.repeat(100)}}`);
    it.link.send(sent);
    it.turn();
    say(it, '{"a":1}', '{"a":2}');
    it.pass(100);
    expect(it.socket.isPaused).toBe(true);
    for (const acknowledge of it.acknowledgements) acknowledge();
    for (const acknowledge of it.acknowledgements) acknowledge();
    for (let second = 0; second < 15; second += 1) {
      say(it, 'PING');
      it.pass(1);
    }
    expect(it.link.end).toBeUndefined();
    pong(it, '1');
    expect(sent.count()).toBe(1);
  });

  test('is none that gives its first ACK in time; nor is it taken for late', () => {
    const it = web({ idleSeconds: 20 });
    const sent = [payload('{"time":1}', 'a'), payload('{"time":2}', 'b')];
    for (const each of sent) it.link.send(each);
    it.pass(3);
    expect(pinged(it)).toEqual(['1']);
    say(it, 'ACK:{"time":1,"signature":"a"}');
    pong(it, '1');
    expect(counts(sent)).toEqual([1, 0]);
    for (let second = 0; second < 200; second += 1) {
      say(it, 'PING');
      it.pass(1);
    }
    expect(it.link.end).toBeUndefined();
    expect([counts(sent), pinged(it)]).toEqual([[1, 0], ['1']]);
  });
});

test('more frames at once than there can be messages end it, where they may not be read yet', () => {
  const it = web({ unacknowledgedPayloads: 1 });
  for (let index = 0; index < 3000; index += 1) it.link.frame(bytes('12345'));
  expect(it.link.end).toBe('refused');
});

test('control frames between the parts of a frame do not make it one that goes on', () => {
  const it = web({ idleSeconds: 1000 });
  it.link.piece(500);
  for (let index = 0; index < 100; index += 1) {
    it.link.piece(6);
    it.link.control(6);
    it.pass(1);
  }
  expect(it.link.end).toBe('refused');
  const idle = web({ idleSeconds: 30 });
  for (let index = 0; index < 100; index += 1) {
    idle.link.piece(6);
    idle.link.control(6);
    idle.pass(1);
  }
  expect(idle.link.end).toBeUndefined();
});

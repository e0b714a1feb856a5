/** The framing of WebSockets, without a network. */
import { describe, expect, test } from '@jest/globals';
import { WebSocketLink } from '../../src/link/web-socket-link.ts';
import type { ListenerLimits } from '../../src/link/listener-limits.ts';
import { bench, bytes, payload, text, type Bench } from './fake-socket.ts';

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

  test('who gives none has what the network took before the next sign of life', () => {
    const it = web();
    const sent = [payload('{"time":1}', 'a'), payload('{"time":2}', 'b')];
    const [first, second] = sent;
    if (first !== undefined) it.link.send(first);
    it.turn();
    it.socket.isTaking = false;
    if (second !== undefined) it.link.send(second);
    it.turn();
    say(it, 'PING');
    expect(sent.map(({ count }) => count())).toEqual([1, 0]);
    say(it, 'PING');
    it.socket.take();
    expect(sent.map(({ count }) => count())).toEqual([1, 0]);
    it.link.piece(6);
    it.link.control(6);
    expect(sent.map(({ count }) => count())).toEqual([1, 1]);
  });

  test('where none comes, only so much is sent', () => {
    const it = web({ unansweredBytes: 10 });
    it.link.send(payload('{"time":1234}'));
    it.pass(1);
    expect(it.link.end).toBe('slow');
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

/** A client's side of MTP, packet by packet. */
import { describe, expect, test } from '@jest/globals';
import type { ConnectionLimits, IncomingPayload } from '../../src/index.ts';
import { MtpConnection, Transactions } from '../../src/extend.ts';
import { encodePacket, type MtpPacket } from '../../src/internal.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';
import { bytes, glued, text, toHex } from './bytes.ts';
import { ScriptedStream } from './scripted-stream.ts';
import { settled, TurnedClock } from './turned-clock.ts';

function open(limits: Partial<ConnectionLimits> = {}) {
  const stream = new ScriptedStream();
  const clock = new TurnedClock();
  const connection = new MtpConnection(stream, { clock, limits, transactions: new Transactions(100n) });
  const reader = connection.incoming[Symbol.asyncIterator]();
  const next = async (): Promise<IncomingPayload> => {
    const result = await reader.next();
    if (result.done === true) throw new Error('there is nothing more');
    return result.value;
  };
  return { stream, clock, connection, next, reader };
}

const packet = (type: MtpPacket['type'], transaction: bigint, body: string): Uint8Array =>
  encodePacket({ type, transaction, body: bytes(body) });
const ok = (transaction: bigint): Uint8Array => packet('message-response', transaction, 'OK');
const message = (transaction: bigint, body: string): Uint8Array => packet('message', transaction, body);
const fragment = (transaction: bigint, index: number, pages: number, body: string): Uint8Array =>
  encodePacket({ type: 'fragment', transaction, page: { index, pages }, body: bytes(body) });
const shown = ({ type, transaction, page, body }: MtpPacket): string =>
  `${type} ${transaction} ${page === undefined ? '' : `${page.index}/${page.pages} `}${text(body)}`;
/** How a promise stands, once all has run that can. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  const state = promise.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code ?? 'failed',
  );
  await settled();
  return Promise.race([state, Promise.resolve('waits')]);
}

describe('sends', () => {
  test('go out in one write each, header and body, with the next transaction', async () => {
    const { stream, connection } = open();
    void connection.send(bytes('{"a":1}'));
    void connection.send(bytes('{"b":2}'));
    await settled();
    expect(stream.writes.map(toHex)).toEqual([
      `44494d42000000000000006400000007${toHex(bytes('{"a":1}'))}`,
      `44494d42000000000000006500000007${toHex(bytes('{"b":2}'))}`,
    ]);
  });

  test('are done by the OK of their transaction, in any order, and by nothing else', async () => {
    const { stream, connection } = open();
    const [first, second] = [connection.send(bytes('first')), connection.send(bytes('second'))];
    await stream.gives(ok(99n), packet('command-response', 100n, 'OK'), packet('message-response', 100n, 'AGAIN'));
    await stream.gives(
      packet('message-response', 100n, 'NO'),
      encodePacket({ type: 'message-response', transaction: undefined, body: bytes('OK') }),
    );
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waits', 'waits']);
    await stream.gives(ok(101n));
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waits', 'done']);
    await stream.gives(ok(100n), ok(100n));
    expect(await stateOf(first)).toBe('done');
  });

  test('are repeated after 120 and 240 seconds, the same, and given up after 360', async () => {
    const { stream, clock, connection, next } = open();
    const sent = connection.send(bytes('{"a":1}'));
    const repeats: number[] = [];
    for (let seconds = 8; seconds <= 360; seconds += 8) {
      await clock.turn(8);
      // It lives, but it does not acknowledge.
      if (seconds % 40 === 0) await stream.gives(message(BigInt(seconds), 'still here'));
      if (seconds % 40 === 0 && seconds < 360) (await next()).acknowledge();
      const written = stream.written().filter(({ type }) => type === 'message');
      expect(written.every(({ transaction, body }) => transaction === 100n && text(body) === '{"a":1}')).toBe(true);
      repeats.push(...written.map(() => seconds));
    }
    expect(repeats).toEqual([8, 120, 240]);
    expect(await stateOf(sent)).toBe('CONNECTION_LOST');
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
  });

  test('an acknowledgement of a repeat counts, and nothing is repeated after it', async () => {
    const { stream, clock, connection } = open();
    const sent = connection.send(bytes('{"a":1}'));
    await clock.turn(100);
    await stream.gives(packet('command', 1n, 'NOOP'));
    await clock.turn(21);
    await stream.gives(ok(100n));
    expect(await stateOf(sent)).toBe('done');
    stream.written();
    await clock.turn(120);
    expect(stream.written().filter(({ type }) => type === 'message')).toEqual([]);
  });

  test('wait for their turn where many are not acknowledged, and go out at the end all the same', async () => {
    const { stream, connection } = open({ unansweredSends: 2, unansweredBytes: 100 });
    const sends = ['first', 'second', 'third', 'fourth'].map(async (each) => connection.send(bytes(each)));
    await settled();
    expect(stream.written().map(({ body }) => text(body))).toEqual(['first', 'second']);
    await stream.gives(ok(101n));
    expect(stream.written().map(({ body }) => text(body))).toEqual(['third']);
    const closed = connection.close();
    await settled();
    expect(stream.written().map(({ body }) => text(body))).toEqual(['fourth']);
    await stream.gives(ok(100n), ok(102n), ok(103n));
    await Promise.all([...sends, closed]);
    expect(stream.isClosed).toBe(true);
  });

  test('a large one goes alone', async () => {
    const { stream, connection } = open({ unansweredBytes: 100 });
    const sends = [80, 200, 10].map(async (size) => connection.send(new Uint8Array(size).fill(0x20)));
    await settled();
    expect(stream.written().map(({ body }) => body.length)).toEqual([80]);
    await stream.gives(ok(100n));
    expect(stream.written().map(({ body }) => body.length)).toEqual([200]);
    await stream.gives(ok(101n), ok(102n));
    expect(stream.written().map(({ body }) => body.length)).toEqual([10]);
    await stream.gives(ok(102n));
    await Promise.all(sends);
  });
});

describe('what comes in', () => {
  test('commands are answered: PONG to PING, OK to all others; headers in their form', async () => {
    const { stream } = open();
    await stream.gives(
      glued(
        packet('command', 7n, 'PING'),
        packet('command', 8n, 'NOOP'),
        packet('command', 9n, 'WHAT'),
        packet('command', 10n, ''),
      ),
    );
    await stream.gives(encodePacket({ type: 'command', transaction: undefined, body: bytes('PING') }));
    expect(stream.written().map(shown)).toEqual([
      'command-response 7 PONG',
      'command-response 8 OK',
      'command-response 9 OK',
      'command-response 10 OK',
      'command-response undefined PONG',
    ]);
  });

  test('the same transaction again is another message', async () => {
    const { stream, next } = open();
    await stream.gives(message(5n, 'hello'), message(5n, 'hello'));
    for (const payload of [await next(), await next()]) {
      payload.acknowledge();
      payload.acknowledge();
    }
    await settled();
    expect(stream.written().map(shown)).toEqual(['message-response 5 OK', 'message-response 5 OK']);
  });

  test('fragments are joined, in any order, and acknowledged when the payload is', async () => {
    const { stream, next } = open();
    await stream.gives(fragment(1n, 2, 3, 'c"}'), fragment(1n, 0, 3, '{"a'), fragment(2n, 0, 1, 'alone'));
    await stream.gives(fragment(1n, 0, 3, 'xxx'), fragment(1n, 1, 3, '":"'));
    const [alone, joined] = [await next(), await next()];
    expect([text(alone.bytes), text(joined.bytes)]).toEqual(['alone', '{"a":"c"}']);
    expect(stream.written()).toEqual([]);
    // One that comes again before is not taken for a new one; after it, it is acknowledged once more.
    await stream.gives(fragment(1n, 1, 3, '":"'));
    expect(stream.written()).toEqual([]);
    joined.acknowledge();
    alone.acknowledge();
    await stream.gives(fragment(1n, 1, 3, '":"'));
    expect(stream.written().map(shown)).toEqual([
      'message-response 1 0/3 OK',
      'message-response 1 1/3 OK',
      'message-response 1 2/3 OK',
      'message-response 2 0/1 OK',
      'message-response 1 1/3 OK',
    ]);
  });

  test.each([
    ['pages that differ', [fragment(1n, 0, 3, 'a'), fragment(1n, 1, 4, 'b')], 'INPUT_CONFLICT'],
    ['too many pages', [fragment(1n, 0, 65_537, 'a')], 'INPUT_LIMIT'],
    [
      'more bytes than a payload may have',
      [fragment(1n, 0, 9, 'x'.repeat(600)), fragment(1n, 1, 9, 'x'.repeat(600))],
      'INPUT_LIMIT',
    ],
  ])('fragments with %s end the connection', async (_what, pieces, code) => {
    const { stream, connection } = open({ payloadBytes: 1000 });
    await stream.gives(...pieces);
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code } });
    expect(stream.isDestroyed).toBe(true);
  });

  test('of payloads that are not whole the oldest is forgotten, and those of long ago', async () => {
    const { stream, clock, next } = open();
    for (let number = 1n; number <= 17n; number += 1n) await stream.gives(fragment(number, 0, 2, 'begun'));
    // The first was given up; the second was not.
    await stream.gives(fragment(2n, 1, 2, '-ended'), fragment(1n, 1, 2, 'ended'));
    expect(text((await next()).bytes)).toBe('begun-ended');
    for (let seconds = 0; seconds < 400; seconds += 100) {
      await clock.turn(100);
      await stream.gives(packet('command', 1n, 'NOOP'));
    }
    await stream.gives(fragment(5n, 1, 2, '-late'), message(99n, 'after it'));
    expect(text((await next()).bytes)).toBe('after it');
  });
});

describe('where nobody reads', () => {
  const flood = (count: number): readonly Uint8Array[] =>
    Array.from({ length: count }, (_each, number) => message(BigInt(number), `payload ${number}`));

  test('no more pieces are taken, and they are when it is read again', async () => {
    const { stream, clock, connection, next } = open({ waitingPayloads: 10 });
    await stream.gives(...flood(100));
    expect(stream.taken).toBe(10);
    // It is no silence of the other side: that is asked all the same, so that it hears something.
    await clock.turn(1000);
    expect(await stateOf(connection.ended)).toBe('waits');
    expect(stream.written().filter(({ type }) => type === 'command').length).toBeGreaterThan(50);
    for (let number = 0; number < 100; number += 1) expect(text((await next()).bytes)).toBe(`payload ${number}`);
    expect(stream.taken).toBe(100);
  });

  test('bytes count as well', async () => {
    const { stream, next } = open({ waitingBytes: 10_000 });
    await stream.gives(...Array.from({ length: 20 }, () => message(1n, 'x'.repeat(4000))));
    expect(stream.taken).toBe(3);
    for (let count = 0; count < 3; count += 1) await next();
    await settled();
    expect(stream.taken).toBe(6);
  });

  test('a send finds its acknowledgement behind more than would be taken without it', async () => {
    const { stream, connection } = open({ waitingPayloads: 10, mostWaitingPayloads: 50 });
    await stream.gives(...flood(40), ok(100n), ...flood(40));
    expect(stream.taken).toBe(10);
    expect(await stateOf(connection.send(bytes('{"a":1}')))).toBe('done');
    // Then there is enough.
    expect(stream.taken).toBeLessThan(45);
  });

  test('a send whose acknowledgement is too far behind is lost, and no memory is', async () => {
    const { stream, clock, connection } = open({ waitingPayloads: 10, mostWaitingPayloads: 50 });
    const sent = connection.send(bytes('{"a":1}'));
    await stream.gives(...flood(200), ok(100n));
    expect(stream.taken).toBe(50);
    await clock.turn(400);
    expect(await stateOf(sent)).toBe('CONNECTION_LOST');
  });

  test('answers that are not taken stop reading, too, and that is silence', async () => {
    const { stream, clock, connection } = open();
    stream.stick();
    const pings = glued(...Array.from({ length: 1000 }, (_each, number) => packet('command', BigInt(number), 'PING')));
    await stream.gives(...Array.from({ length: 200 }, () => pings));
    expect(stream.taken).toBeLessThan(60);
    await clock.turn(200);
    expect(await connection.ended).toEqual({ reason: 'silent' });
  });

  test('answers that are taken do not', async () => {
    const { stream } = open();
    const pings = glued(...Array.from({ length: 1000 }, (_each, number) => packet('command', BigInt(number), 'PING')));
    for (let count = 0; count < 60; count += 1) await stream.gives(pings);
    expect(stream.taken).toBe(60);
    expect(stream.writes).toHaveLength(60_000);
  });

  test('a loop that is left is gone on with by the next one', async () => {
    const { stream, connection } = open();
    await stream.gives(...flood(3));
    const seen: string[] = [];
    for await (const payload of connection.incoming) {
      seen.push(text(payload.bytes));
      break;
    }
    const reader = connection.incoming[Symbol.asyncIterator]();
    await reader.next();
    await reader.next();
    const waiting = reader.next();
    await reader.return?.();
    expect(await waiting).toMatchObject({ done: true });
    await stream.gives(message(9n, 'after it'), undefined);
    for await (const payload of connection.incoming) seen.push(text(payload.bytes));
    expect(seen).toEqual(['payload 0', 'after it']);
  });
});

describe('keeping alive', () => {
  const asked = (stream: ScriptedStream): number =>
    stream.written().filter(({ type, body }) => type === 'command' && text(body) === 'PING').length;

  test('asks after 8 seconds, then after each 16 of silence, and gives up after 128', async () => {
    const { stream, clock, connection } = open();
    await clock.turn(7.9);
    expect(asked(stream)).toBe(0);
    await clock.turn(0.2);
    expect(asked(stream)).toBe(1);
    await clock.turn(15.8);
    expect(asked(stream)).toBe(0);
    await clock.turn(0.2);
    expect(asked(stream)).toBe(1);
    await clock.turn(103.7);
    expect(await stateOf(connection.ended)).toBe('waits');
    await clock.turn(0.3);
    expect(await connection.ended).toEqual({ reason: 'silent' });
    expect(stream.isDestroyed).toBe(true);
  });

  test('does not ask who says something, but tells it from time to time that somebody is here', async () => {
    const { stream, clock } = open();
    let questions = 0;
    for (let seconds = 0; seconds < 600; seconds += 5) {
      await stream.gives(packet('command-response', 1n, 'PONG'));
      await clock.turn(5);
      questions += asked(stream);
    }
    expect(questions).toBeGreaterThanOrEqual(8);
    expect(questions).toBeLessThanOrEqual(10);
  });

  test('a body that comes byte by byte is silence; one that comes slowly is not', async () => {
    const one = open();
    const header = message(1n, 'x'.repeat(100_000)).slice(0, 16);
    await one.stream.gives(header);
    const slow = open();
    await slow.stream.gives(header);
    for (let seconds = 0; seconds < 300; seconds += 10) {
      await one.stream.gives(bytes('x'));
      await one.clock.turn(10);
      await slow.stream.gives(bytes('x'.repeat(2000)));
      await slow.clock.turn(10);
    }
    expect(await one.connection.ended).toEqual({ reason: 'silent' });
    expect(await stateOf(slow.connection.ended)).toBe('waits');
  });

  test('a clock that is set back does not keep a dead connection', async () => {
    const { clock, connection } = open();
    await clock.turn(50);
    clock.setBack(3600);
    await clock.turn(144);
    expect(await connection.ended).toEqual({ reason: 'silent' });
  });

  test('nor does it keep a send from being repeated', async () => {
    const { stream, clock, connection } = open();
    const sent = connection.send(bytes('{"a":1}'));
    await clock.turn(50);
    clock.setBack(3600);
    for (let seconds = 0; seconds < 400; seconds += 40) {
      await stream.gives(packet('command-response', 1n, 'x'));
      await clock.turn(40);
    }
    expect(stream.written().filter(({ type }) => type === 'message')).toHaveLength(3);
    expect(await stateOf(sent)).toBe('CONNECTION_LOST');
  });
});

describe('the end', () => {
  test('of a stream that breaks is failed, with the cause', async () => {
    const { stream, connection, reader } = open();
    const sent = errorOf(async () => connection.send(bytes('{"a":1}')));
    const cause = new Error('ECONNRESET');
    await stream.gives(message(1n, 'before it'), cause);
    const end = await connection.ended;
    expect(end).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST', cause } });
    expect((await sent).code).toBe('CONNECTION_LOST');
    expect((await reader.next()).done).toBe(false);
    expect((await reader.next()).done).toBe(true);
    await connection.close();
    expect([stream.isDestroyed, stream.isClosed]).toEqual([true, false]);
  });

  test('leaves nothing that waits', async () => {
    const { clock, connection } = open();
    await connection.close();
    await settled();
    expect(clock.waiting).toBe(0);
  });

  test('comes of a clock that does not wait', async () => {
    const cause = new Error('no timers');
    const stream = new ScriptedStream();
    const connection = new MtpConnection(stream, { clock: { now: () => 0, wait: async () => Promise.reject(cause) } });
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'INTERNAL_PLATFORM', cause } });
  });

  test('of a stream that cannot be closed is an end', async () => {
    const stream = new ScriptedStream();
    stream.close = async () => Promise.reject(new Error('not now'));
    const connection = new MtpConnection(stream, { clock: new TurnedClock() });
    await connection.close();
    expect(await connection.ended).toEqual({ reason: 'closed' });
  });

  test.each<[string, object]>([
    ['no limit', { payloads: 1 }],
    ['nothing', { waitingPayloads: 0 }],
    ['no number', { payloadBytes: Number.NaN }],
  ])('limits with %s are refused', async (_what, limits) => {
    const make = (): unknown => new MtpConnection(new ScriptedStream(), { clock: new TurnedClock(), limits });
    expect((await errorOf(make)).code).toBe('USAGE_ARGUMENT');
  });
});

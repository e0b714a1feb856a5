/** A client's side of a WebSocket, frame by frame. */
import { describe, expect, test } from '@jest/globals';
import {
  silentLogger,
  webSocketTransport,
  type Connection,
  type ConnectionLimits,
  type IncomingPayload,
} from '../../src/index.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';
import { bytes, text } from './bytes.ts';
import { FakeWebSocket } from './fake-web-socket.ts';
import { settled, TurnedClock } from './turned-clock.ts';

const address = { host: '127.0.0.1', port: 9394, path: '/dim' };

function begin(limits: Partial<ConnectionLimits> = {}) {
  const clock = new TurnedClock();
  const made: FakeWebSocket[] = [];
  class Made extends FakeWebSocket {
    constructor(url: string) {
      super(url);
      made.push(this);
    }
  }
  const controller = new AbortController();
  const { signal } = controller;
  const connecting = webSocketTransport({ WebSocket: Made, limits }).connect(address, {
    clock,
    logger: silentLogger,
    signal,
  });
  const [socket] = made;
  if (socket === undefined) throw new Error('no WebSocket was made');
  return { clock, socket, controller, connecting };
}

async function open(limits: Partial<ConnectionLimits> = {}) {
  const begun = begin(limits);
  await begun.socket.happens('open');
  const connection = await begun.connecting;
  const reader = connection.incoming[Symbol.asyncIterator]();
  const next = async (): Promise<IncomingPayload> => {
    const result = await reader.next();
    if (result.done === true) throw new Error('there is nothing more');
    return result.value;
  };
  return { ...begun, connection, next };
}

/** How a promise stands, once all has run that can. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  const state = promise.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code ?? 'failed',
  );
  await settled();
  return Promise.race([state, Promise.resolve('waits')]);
}

const send = (connection: Connection, ...texts: readonly string[]): readonly Promise<void>[] =>
  texts.map(async (each) => connection.send(bytes(each)));

describe('connecting', () => {
  test('is to the URL of the address, and takes bytes as bytes', async () => {
    const { socket, connection } = await open();
    expect([socket.url, socket.binaryType, connection.name]).toEqual([
      'ws://127.0.0.1:9394/dim',
      'arraybuffer',
      socket.url,
    ]);
  });

  test.each([
    ['error', { error: new Error('ECONNREFUSED') }],
    ['close', { code: 1006 }],
  ] as const)('fails with %s', async (type, event) => {
    const { socket, connecting } = begin();
    const failed = errorOf(async () => connecting);
    await socket.happens(type, event);
    expect((await failed).code).toBe('CONNECTION_FAILED');
    expect(socket.isClosed).toBe(true);
  });

  test('is given up after 128 seconds', async () => {
    const { socket, clock, connecting } = begin();
    const failed = errorOf(async () => connecting);
    await clock.turn(129);
    expect((await failed).code).toBe('CONNECTION_FAILED');
    expect([socket.isClosed, clock.waiting]).toEqual([true, 0]);
  });

  test('is aborted by its signal', async () => {
    const { socket, controller, connecting } = begin();
    const reason = new Error('not now');
    controller.abort(reason);
    await expect(connecting).rejects.toBe(reason);
    expect(socket.isClosed).toBe(true);
  });

  test('fails where no WebSocket can be made, or the address is none', async () => {
    class Refused extends FakeWebSocket {
      constructor(url: string) {
        super(url);
        throw new SyntaxError('not from this page');
      }
    }
    const options = { clock: new TurnedClock(), logger: silentLogger, signal: new AbortController().signal };
    const transport = webSocketTransport({ WebSocket: Refused });
    expect((await errorOf(async () => transport.connect(address, options))).code).toBe('CONNECTION_FAILED');
    const nowhere = { ...address, host: 'a b' };
    expect((await errorOf(async () => transport.connect(nowhere, options))).code).toBe('USAGE_ARGUMENT');
  });
});

describe('sends', () => {
  test('go out as text, and share a PING', async () => {
    const { socket, connection } = await open();
    const sends = send(connection, '{"a":1}', '{"b":"ü"}', '{"c":3}');
    await settled();
    expect(socket.said()).toEqual(['{"a":1}', '{"b":"ü"}', '{"c":3}', 'PING']);
    await socket.gives('PONG');
    expect(await Promise.all(sends.map(stateOf))).toEqual(['done', 'done', 'done']);
    expect(socket.said()).toEqual([]);
  });

  test('are not done by a PONG to a PING from before them', async () => {
    const { socket, connection } = await open();
    const [first] = send(connection, 'first');
    await settled();
    const [second] = send(connection, 'second');
    await settled();
    expect(socket.said()).toEqual(['first', 'PING', 'second']);
    await socket.gives('PONG');
    expect(await stateOf(first ?? Promise.resolve())).toBe('done');
    expect(await stateOf(second ?? Promise.resolve())).toBe('waits');
    expect(socket.said()).toEqual(['PING']);
    await socket.gives('PONG', 'PONG', 'PONG');
    expect(await stateOf(second ?? Promise.resolve())).toBe('done');
    // None of those that nobody asked for counts for what comes later.
    const [third] = send(connection, 'third');
    expect(await stateOf(third ?? Promise.resolve())).toBe('waits');
  });

  test('wait for their turn where many are not answered', async () => {
    const { socket, connection } = await open({ unansweredSends: 2 });
    const sends = send(connection, 'first', 'second', 'third');
    await settled();
    expect(socket.said()).toEqual(['first', 'second', 'PING']);
    await socket.gives('PONG');
    expect(socket.said()).toEqual(['third', 'PING']);
    await socket.gives('PONG');
    await Promise.all(sends);
  });

  test('what is not UTF-8 is refused', async () => {
    const { connection } = await open();
    const error = await errorOf(async () => connection.send(new Uint8Array([0x7b, 0xff, 0xfe, 0x22, 0x7d])));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'bytes']);
  });

  test('are lost where the other side answers nothing, whatever else it says', async () => {
    const { socket, clock, connection } = await open();
    const [sent] = send(connection, 'first');
    for (let seconds = 0; seconds < 352; seconds += 8) {
      await clock.turn(8);
      await socket.gives('NOOP');
    }
    expect(await stateOf(sent ?? Promise.resolve())).toBe('waits');
    await clock.turn(16);
    expect(await stateOf(sent ?? Promise.resolve())).toBe('CONNECTION_LOST');
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
  });

  test('a network that takes nothing ends the connection before memory is full', async () => {
    const { socket, connection } = await open();
    socket.bufferedAmount = 64 * 1024 * 1024;
    await socket.gives('PING');
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
  });
});

describe('what comes in', () => {
  test('PING is answered; signs and acknowledgements are no payloads; text and bytes are', async () => {
    const { socket, next } = await open();
    await socket.gives('PING', 'NOOP', 'OK', '', 'ACK:{"time":1,"signature":"a"}', bytes('PING').slice().buffer);
    await socket.gives('{"a":"ü"}\n{"b":2}', bytes('{"c":3}').slice().buffer);
    expect(text((await next()).bytes)).toBe('{"a":"ü"}\n{"b":2}');
    expect(text((await next()).bytes)).toBe('{"c":3}');
    expect(socket.said()).toEqual(['PONG', 'PONG']);
  });

  test('is acknowledged once, line by line; what is no message, not at all', async () => {
    const { socket, next } = await open();
    await socket.gives('{"time":1.50,"signature":"a"}\n{"time":2,"signature":"b"}', '{"no":"message"}');
    const [both, none] = [await next(), await next()];
    for (const payload of [none, both, both]) payload.acknowledge();
    expect(socket.said()).toEqual(['ACK:{"time":1.50,"signature":"a"}', 'ACK:{"time":2,"signature":"b"}']);
  });

  test.each([
    ['too many bytes of text', 'ü'.repeat(501), 'INPUT_LIMIT'],
    ['too many bytes', new ArrayBuffer(1001), 'INPUT_LIMIT'],
    ['bytes that are no UTF-8', new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff]).buffer, 'INPUT_FORMAT'],
    ['something else', { size: 3 }, 'INTERNAL_PLATFORM'],
  ])('a frame of %s ends the connection', async (_what, frame, code) => {
    const { socket, connection } = await open({ payloadBytes: 1000 });
    await socket.gives(frame);
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code } });
    expect(socket.isClosed).toBe(true);
  });

  test('more than a browser may keep ends the connection; what it kept can be read', async () => {
    const { socket, connection } = await open({ waitingPayloads: 2, mostWaitingPayloads: 10 });
    await socket.gives(...Array.from({ length: 20 }, (_each, number) => `payload ${number}`));
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'INPUT_LIMIT' } });
    const payloads: string[] = [];
    for await (const payload of connection.incoming) payloads.push(text(payload.bytes));
    expect(payloads).toHaveLength(10);
  });
});

describe('the end', () => {
  test('by this side waits for answers, and then for the other side, a moment each', async () => {
    const { socket, clock, connection } = await open();
    const [sent] = send(connection, 'first');
    const closed = connection.close();
    await settled();
    expect(socket.closedWith).toBeUndefined();
    await socket.gives('PONG');
    await sent;
    expect(socket.closedWith).toBe(1000);
    expect(await stateOf(closed)).toBe('waits');
    // Deployed stations never answer.
    await clock.turn(1.1);
    await closed;
    expect(await connection.ended).toEqual({ reason: 'closed' });
    expect(clock.waiting).toBe(0);
  });

  test.each([
    [1000, 'ended'],
    [1001, 'ended'],
    [1005, 'ended'],
    [1006, 'ended'],
    [1002, 'failed'],
    [1009, 'failed'],
    [1011, 'failed'],
    [4000, 'failed'],
  ])('by the other side with code %i is %s', async (code, reason) => {
    const { socket, connection } = await open();
    await socket.happens('close', { code });
    expect((await connection.ended).reason).toBe(reason);
  });

  test('by an error is failed', async () => {
    const { socket, connection } = await open();
    await socket.happens('error');
    await socket.happens('close', { code: 1006 });
    expect(await connection.ended).toMatchObject({ reason: 'failed', error: { code: 'CONNECTION_LOST' } });
  });

  test('after it nothing is said or heard', async () => {
    const { socket, connection } = await open();
    await socket.gives('{"time":1,"signature":"a"}');
    await socket.happens('close', { code: 1000 });
    socket.said();
    await socket.gives('PING', '{"time":2,"signature":"b"}');
    const seen: string[] = [];
    for await (const payload of connection.incoming) {
      payload.acknowledge();
      seen.push(text(payload.bytes));
    }
    expect([seen, socket.said()]).toEqual([['{"time":1,"signature":"a"}'], []]);
  });
});

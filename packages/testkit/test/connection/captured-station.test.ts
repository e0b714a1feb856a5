/** A station that says again what one has said. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { silentLogger, systemClock, type Connection, type IncomingPayload } from 'dimsdk';
import { CapturedStation, type CapturedPacket } from '../../src/connection/index.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const { signal } = new AbortController();
const connect = async (station: CapturedStation): Promise<Connection> =>
  station.transport.connect({ host: '127.0.0.1', port: 9394 }, { clock: systemClock, logger: silentLogger, signal });

async function next(reader: AsyncIterator<IncomingPayload>): Promise<IncomingPayload> {
  const result = await reader.next();
  if (result.done === true) throw new Error('there is nothing more');
  return result.value;
}

const header = (kind: string, transaction: number, length: number): string =>
  `44494d${kind}${transaction.toString(16).padStart(16, '0')}${length.toString(16).padStart(8, '0')}`;
const message = (from: 'client' | 'station', number: number, body: string, conn = 'a'): CapturedPacket => ({
  conn,
  from,
  header: header('42', number, body.length),
  type: 2,
  body,
});

const SESSION: readonly CapturedPacket[] = [
  message('client', 1, '{"hello":1}'),
  { conn: 'a', from: 'station', header: header('43', 1, 2), type: 3, body: 'OK' },
  message('station', 100, '{"who":1}'),
  message('client', 2, '{"me":1}'),
  message('station', 101, '{"welcome":1}'),
  message('station', 102, '{"stored":1}'),
  { conn: 'a', from: 'client' },
  message('client', 3, '{"hello":2}', 'b'),
  message('station', 103, '{"who":2}', 'b'),
];

describe('CapturedStation', () => {
  test('says what it said, when it was said, and hears', async () => {
    const station = new CapturedStation(SESSION, ['a', 'b']);
    const first = await connect(station);
    const reader = first.incoming[Symbol.asyncIterator]();
    const early = next(reader);
    await first.send(bytes('{"mine":1}'));
    const who = await early;
    expect(text(who.bytes)).toBe('{"who":1}');
    who.acknowledge();
    await station.until(() => station.acknowledged.length === 1);
    expect(station.isPlayed).toBe(false);
    await first.send(bytes('{"mine":2}'));
    expect(text((await next(reader)).bytes)).toBe('{"welcome":1}');
    expect(text((await next(reader)).bytes)).toBe('{"stored":1}');
    await station.until(() => station.isPlayed);
    await station.end();
    expect(await first.ended).toEqual({ reason: 'ended' });
    const second = await connect(station);
    station.skip();
    expect(text((await next(second.incoming[Symbol.asyncIterator]())).bytes)).toBe('{"who":2}');
    expect(station.received).toEqual(['{"mine":1}', '{"mine":2}']);
    expect(station.acknowledged).toEqual(['{"who":1}']);
    await second.close();
    await expect(connect(station)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
  });
});

const folder = new URL('../../../../../shared/network-vectors/', import.meta.url);
const captured = (name: string): readonly CapturedPacket[] =>
  (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly packets: readonly CapturedPacket[] }).packets;

(existsSync(folder) ? describe : describe.skip)(`captured sessions (of ${folder.pathname})`, () => {
  test.each([
    ['tcp-two-clients.json', ['bob-1', 'bob-2']],
    ['tcp-two-clients.json', ['alice-1']],
    ['reconnect.json', ['alice-1']],
    ['multi-terminal.json', ['a-1', 't-1']],
  ])('%s %s comes out as it went in', async (name, connections) => {
    const packets = captured(name);
    const station = new CapturedStation(packets, connections);
    const wanted: string[] = [];
    const got: string[] = [];
    for (const conn of connections) {
      const messages = packets.filter((packet) => packet.conn === conn && packet.type === 2);
      wanted.push(...messages.flatMap(({ from, body = '' }) => (from === 'station' ? [body] : [])));
      const connection = await connect(station);
      const sends = messages
        .filter(({ from }) => from === 'client')
        .map(({ body = '' }) => connection.send(bytes(body)));
      await Promise.all(sends);
      const reading = (async () => {
        for await (const payload of connection.incoming) {
          got.push(text(payload.bytes));
          payload.acknowledge();
        }
      })();
      await station.until(() => station.isPlayed && station.acknowledged.length === wanted.length);
      await connection.close();
      await reading;
    }
    expect(got).toEqual(wanted);
    expect(station.acknowledged).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(5);
  });
});

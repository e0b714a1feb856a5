/** What deployed clients and stations have written is read, and written the same. */
import { expect, test } from '@jest/globals';
import { MtpConnection } from '../../src/extend.ts';
import { acknowledgementOf, encodePacket, MtpDecoder, type MtpPacket } from '../../src/internal.ts';
import { bytes, fromHex, glued, toHex } from './bytes.ts';
import { describeCaptures, readCapture, readSessions, type CodecCase, type Exchange } from './captures.ts';
import { ScriptedStream } from './scripted-stream.ts';
import { TurnedClock } from './turned-clock.ts';

const LIMIT = 1024 * 1024;
const TYPES = new Map([
  [0, 'command'],
  [1, 'command-response'],
  [2, 'message'],
  [3, 'message-response'],
  [10, 'fragment'],
]);

describeCaptures('packets of deployed peers', () => {
  const { cases } = readCapture<{ readonly cases: readonly CodecCase[] }>('mtp-codec.json');
  // A header without a length: what it holds, nobody knows.
  const readable = cases.filter(({ name }) => !name.includes('no length'));

  test('mtp-codec.json: each packet is read, and written byte for byte', () => {
    const both = readable.flatMap(({ send, reply, send_packets, reply_packets }) => [
      { hex: send, wanted: send_packets },
      { hex: reply ?? '', wanted: reply_packets ?? [] },
    ]);
    const decoders = [new MtpDecoder(LIMIT), new MtpDecoder(LIMIT)];
    let count = 0;
    for (const [index, { hex, wanted }] of both.entries()) {
      const packets = [...(decoders[index % 2]?.packets(fromHex(hex)) ?? [])];
      // Of a packet in two pieces, the file has nothing; of types that are none, what they look like.
      if (packets.length === 1 && wanted.length === 0) continue;
      const known = wanted.filter(({ type }) => TYPES.has(type));
      expect(packets.map(describe)).toEqual(
        known.map(({ type, transaction, pages, index: page, body_length: length }) => ({
          type: TYPES.get(type),
          transaction: transaction === null ? undefined : BigInt(`0x${transaction}`),
          pages,
          index: page,
          length,
        })),
      );
      const written = packets.map((packet) => toHex(encodePacket(packet)));
      expect(hex.endsWith(written.join(''))).toBe(true);
      count += packets.length;
    }
    expect(count).toBeGreaterThan(50);
  });

  test.each(cases.filter(({ name }) => name.includes('no length')))('mtp-codec.json: $name is refused', ({ send }) => {
    expect(() => [...new MtpDecoder(LIMIT).packets(fromHex(send))]).toThrow(
      expect.objectContaining({ code: 'INPUT_FORMAT' }),
    );
  });

  test('mtp-codec.json: a connection answers as a deployed station does', async () => {
    const stream = new ScriptedStream();
    const connection = new MtpConnection(stream, { clock: new TurnedClock() });
    void (async () => {
      for await (const payload of connection.incoming) payload.acknowledge();
    })();
    const wrong: string[] = [];
    const counts: number[] = [];
    for (const { name, send, reply } of readable) {
      await stream.gives(fromHex(send));
      const answers = stream.written().map((packet) => toHex(encodePacket(packet)));
      // Fragments are acknowledged when the payload is, all of them at once; and the station says something, too.
      if (name.startsWith('fragment')) counts.push(answers.length);
      else wrong.push(...(answers.join('') === answersIn(reply ?? '') ? [] : [name]));
    }
    expect([wrong, counts]).toEqual([[], [0, 0, 0, 4]]);
    await connection.close();
  });

  test('each packet of each session is read, and written byte for byte', () => {
    let count = 0;
    for (const [name, packets] of readSessions())
      for (const conn of new Set(packets.map((packet) => packet.conn)))
        for (const from of ['client', 'station'] as const) {
          const own = packets.filter(
            (packet) => packet.conn === conn && packet.from === from && packet.header !== undefined,
          );
          const whole = glued(...own.map(({ header = '', body = '' }) => glued(fromHex(header), bytes(body))));
          const read = [...new MtpDecoder(LIMIT).packets(whole)];
          expect([name, conn, read.map(describe)]).toEqual([
            name,
            conn,
            own.map(({ type = -1, transaction = '', length }) => ({
              type: TYPES.get(type),
              transaction: BigInt(`0x${transaction}`),
              pages: 1,
              index: 0,
              length,
            })),
          ]);
          expect(toHex(glued(...read.map(encodePacket))) === toHex(whole)).toBe(true);
          count += read.length;
        }
    expect(count).toBeGreaterThan(1000);
  });

  test('websocket.json: a message is acknowledged letter by letter', () => {
    const { exchange } = readCapture<{ readonly exchange: readonly Exchange[] }>('websocket.json');
    const texts = exchange.filter(({ dir }) => dir === 'S>C').map(({ payload }) => acknowledgementOf(payload));
    const acknowledgements = texts.filter((each) => each !== undefined);
    expect(acknowledgements).toHaveLength(3);
    expect(acknowledgements[0]).toBe(exchange.find(({ note }) => note === 'ack')?.payload);
  });

  test('each message of a station is acknowledged by its own signature', () => {
    const bodies = [...readSessions().values()].flatMap((packets) =>
      packets.flatMap(({ type, from, body = '' }) => (type === 2 && from === 'station' ? [body] : [])),
    );
    for (const body of bodies) {
      const { time, signature } = JSON.parse(body) as { readonly time: number; readonly signature: string };
      expect(acknowledgementOf(body)).toBe(`ACK:{"time":${time},"signature":"${signature}"}`);
      expect(body).toContain(`"time": ${time}`);
    }
    expect(bodies.length).toBeGreaterThan(300);
  });
});

function describe({ type, transaction, page, body }: MtpPacket) {
  return { type, transaction, pages: page?.pages ?? 1, index: page?.index ?? 0, length: body.length };
}

/** In hex, what the transport answers: without what the station has to say. */
function answersIn(hex: string): string {
  const packets = [...new MtpDecoder(LIMIT).packets(fromHex(hex))].filter(({ type }) => type !== 'message');
  return toHex(glued(...packets.map(encodePacket)));
}

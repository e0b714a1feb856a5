/** Packets of MTP: written as deployed peers write them, and read from whatever pieces a stream comes in. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { encodePacket, MtpDecoder, type MtpPacket, type MtpType } from '../../src/internal.ts';
import { Transactions } from '../../src/extend.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';
import { bytes, fromHex, glued, text, toHex } from './bytes.ts';

const LIMIT = 1024 * 1024;

/** What comes of pieces: the packets, and the error that stopped it. */
function decoded(
  pieces: readonly Uint8Array[],
  limit = LIMIT,
): { packets: readonly MtpPacket[]; code: string | undefined } {
  const decoder = new MtpDecoder(limit);
  const packets: MtpPacket[] = [];
  try {
    for (const piece of pieces) for (const packet of decoder.packets(piece)) packets.push(packet);
  } catch (error) {
    return { packets, code: (error as { code?: string }).code };
  }
  return { packets, code: undefined };
}

/** One packet of each header that a stream may have, as a deployed peer writes it. */
const WRITTEN: readonly (readonly [string, MtpPacket])[] = [
  ['44494d4000000000000000010000000450494e47', { type: 'command', transaction: 1n, body: bytes('PING') }],
  [
    '44494d41ffffffffffffffff00000004504f4e47',
    { type: 'command-response', transaction: 2n ** 64n - 1n, body: bytes('PONG') },
  ],
  ['44494d42166c49310b5a440200000000', { type: 'message', transaction: 0x166c49310b5a4402n, body: bytes('') }],
  [
    '44494d43166c49310b5a4402000000024f4b',
    { type: 'message-response', transaction: 0x166c49310b5a4402n, body: bytes('OK') },
  ],
  [
    '44494d6a00000000000000200000000400000003000000017d',
    { type: 'fragment', transaction: 0x20n, page: { pages: 4, index: 3 }, body: bytes('}') },
  ],
  [
    '44494d630000000000000020001fffff001ffffe000000024f4b',
    { type: 'message-response', transaction: 0x20n, page: { pages: 2_097_151, index: 2_097_150 }, body: bytes('OK') },
  ],
  ['44494d200000000450494e47', { type: 'command', transaction: undefined, body: bytes('PING') }],
];

describe('encodePacket and MtpDecoder', () => {
  test.each(WRITTEN)('%s', (hex, packet) => {
    expect(toHex(encodePacket(packet))).toBe(hex);
    expect(decoded([fromHex(hex)])).toEqual({ packets: [{ page: undefined, ...packet }], code: undefined });
  });

  test.each([
    ['a transaction of more than 64 bits', { transaction: 2n ** 64n }],
    ['a negative transaction', { transaction: -1n }],
    ['a page without a transaction', { transaction: undefined, page: { pages: 2, index: 0 } }],
    ['an index that is no page', { page: { pages: 2, index: 2 } }],
    ['no pages', { page: { pages: 0, index: 0 } }],
    ['too many pages', { page: { pages: 2_097_153, index: 0 } }],
    ['half a page', { page: { pages: 1.5, index: 0 } }],
  ])('nobody writes %s', async (_what, change) => {
    const packet: MtpPacket = { type: 'fragment', transaction: 1n, body: bytes('a'), ...change };
    expect((await errorOf(() => encodePacket(packet))).code).toBe('USAGE_ARGUMENT');
  });

  test.each([
    ['type 4', '44494d44000000000000000100000004'],
    ['type 15', '44494d4f000000000000000100000004'],
    ['no words', '44494d02000000000000000100000004'],
    ['seven words', '44494d72000000000000000100000004000000000000000000000000'],
    ['no pages', '44494d6a0000000000000001000000000000000000000000'],
    ['too many pages', '44494d6a0000000000000001002000010000000000000000'],
    ['an index that is no page', '44494d6a0000000000000001000000020000000200000000'],
    ['more than a gigabyte', '44494d42000000000000000140000001'],
    ['other letters', '44494e40000000000000000100000004'],
    ['a start that is none', '4444494d00'],
  ])('a header with %s is skipped, and what is behind it is read', (_what, hex) => {
    const ping = fromHex('44494d40000000000000000a0000000450494e47');
    const { packets, code } = decoded([fromHex(hex), ping, fromHex(hex), ping]);
    expect(code).toBeUndefined();
    expect(packets.map(({ body }) => text(body))).toEqual(['PING', 'PING']);
  });

  test.each(['44494d10', '44494d300000000000000009', '44494d5a00000000000000090000000200000000'])(
    'a header without a length is refused: %s',
    (hex) => {
      const before = encodePacket({ type: 'message', transaction: 1n, body: bytes('whole') });
      const { packets, code } = decoded([glued(before, fromHex(hex), bytes('PING'))]);
      expect(packets.map(({ body }) => text(body))).toEqual(['whole']);
      expect(code).toBe('INPUT_FORMAT');
    },
  );

  test('a body that is longer than it may be is refused by its header', () => {
    expect(decoded([fromHex('44494d42000000000000000100100001')]).code).toBe('INPUT_LIMIT');
    expect(decoded([fromHex('44494d42000000000000000100100000')]).code).toBeUndefined();
    expect(decoded([fromHex('44494d42000000000000000140000000')]).code).toBe('INPUT_LIMIT');
  });

  test('64 KiB of garbage are skipped, between two packets, and no byte more', () => {
    const ping = encodePacket({ type: 'command', transaction: 1n, body: bytes('PING') });
    const most = new Uint8Array(64 * 1024).fill(0x20);
    expect(decoded([most, ping, most, ping])).toMatchObject({ packets: { length: 2 }, code: undefined });
    expect(decoded([most, bytes('x'), ping])).toEqual({ packets: [], code: 'INPUT_FORMAT' });
    expect(decoded([most, ping, most, most])).toMatchObject({ packets: { length: 1 }, code: 'INPUT_FORMAT' });
  });

  test('memory grows by what comes, not by what is promised', () => {
    const header = fromHex('44494d42000000000000000102000000');
    const decoders = Array.from({ length: 2000 }, () => new MtpDecoder(32 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    for (const decoder of decoders) expect([...decoder.packets(header)]).toEqual([]);
    // Of the 64 GiB that 2000 of them promise, 64 MiB at most.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    for (const decoder of decoders.slice(0, 100)) expect([...decoder.packets(new Uint8Array(20_000))]).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(96 * 1024 * 1024);
    expect(decoders.map(({ filled }) => filled)).toContain(20_000);
  });

  test('a body keeps no memory but its own', () => {
    const large = new Uint8Array(1024 * 1024);
    large.set(encodePacket({ type: 'message', transaction: 1n, body: bytes('hello') }));
    const [packet] = decoded([large]).packets;
    expect(packet?.body.buffer.byteLength).toBe(5);
  });
});

const packet: fc.Arbitrary<MtpPacket> = fc
  .record({
    type: fc.constantFrom<MtpType>('command', 'command-response', 'message', 'message-response', 'fragment'),
    transaction: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { nil: undefined }),
    page: fc.option(
      fc
        .integer({ min: 1, max: 2_097_152 })
        .chain((pages) => fc.record({ pages: fc.constant(pages), index: fc.nat(pages - 1) })),
      { nil: undefined },
    ),
    body: fc.uint8Array({ maxLength: 300 }),
  })
  .map(({ page, ...rest }) => ({ ...rest, page: rest.transaction === undefined ? undefined : page }));

/** Bytes that look like the beginning of something. */
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc.constantFrom('D', 'DI', 'DIM', 'DIMD', 'DDIM', 'DIM@', 'DIMO\0\0\0\0').map(bytes),
);

const cuts = fc.array(fc.nat(2000), { maxLength: 40 });

function cutAt(whole: Uint8Array, indexes: readonly number[]): readonly Uint8Array[] {
  const ends = [...indexes, whole.length]
    .map((index) => Math.min(index, whole.length))
    .toSorted((one, other) => one - other);
  return ends.map((end, number) => whole.slice(ends[number - 1] ?? 0, end));
}

describe('whatever pieces a stream comes in', () => {
  test('packets that were written are read, all of them and nothing else', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 8 }), cuts, (packets, indexes) => {
        const whole = glued(...packets.map(encodePacket));
        expect(decoded(cutAt(whole, indexes))).toEqual({ packets, code: undefined });
        expect(decoded(cutAt(whole, [...whole.keys()]))).toEqual({ packets, code: undefined });
      }),
    );
  });

  test('the same comes of anything', () => {
    const part = fc.oneof(
      packet.map(encodePacket),
      garbage,
      packet.map((each) => encodePacket(each).slice(0, 12)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), cuts, fc.constantFrom(100, LIMIT), (parts, indexes, limit) => {
        const whole = glued(...parts);
        const wanted = decoded([whole], limit);
        expect(decoded(cutAt(whole, indexes), limit)).toEqual(wanted);
        expect(decoded(cutAt(whole, [...whole.keys()]), limit)).toEqual(wanted);
      }),
    );
  });
});

describe('Transactions', () => {
  test('begin anywhere, and go on by one, around the end of 64 bits', () => {
    const transactions = new Transactions(2n ** 64n - 1n);
    expect([transactions.take(), transactions.take(), transactions.take()]).toEqual([2n ** 64n - 1n, 0n, 1n]);
    const firsts = new Set(Array.from({ length: 10 }, () => new Transactions().take()));
    expect(firsts.size).toBe(10);
  });
});

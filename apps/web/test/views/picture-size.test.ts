/** Pictures whose headers say more points than a device has memory for are not decoded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asPicture } from '../../src/views/parts/file-type.ts';
import { gifSize, jpegSize, MOST_POINTS, pngSize, webpSize } from '../../src/views/parts/picture-size.ts';
import { picture } from '../fake/given.ts';

type Bytes = readonly number[];

const text = (words: string): Bytes => Array.from(words, (letter) => letter.charCodeAt(0));
const big = (value: number, length: number): Bytes =>
  Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);
const little = (value: number, length: number): Bytes =>
  Array.from({ length }, (_, at) => Math.floor(value / 256 ** at) % 256);
const together = (...parts: readonly Bytes[]): Bytes => parts.flat();
const zeros = (length: number): Bytes => Array.from({ length }, () => 0);

const png = (width: number, height: number): Bytes =>
  together([0x89], text('PNG\r\n'), [0x1a, 0x0a], big(13, 4), text('IHDR'), big(width, 4), big(height, 4), zeros(30));
const segment = (marker: number, content: Bytes): Bytes => [0xff, marker, ...big(content.length + 2, 2), ...content];
const jpeg = (width: number, height: number, before: Bytes = [], frame = 0xc0): Bytes =>
  together([0xff, 0xd8], before, segment(frame, together([8], big(height, 2), big(width, 2), [3], zeros(9))));
const gif = (screen: readonly [number, number], first: readonly [number, number], before: Bytes = []): Bytes =>
  together(
    together(text('GIF89a'), little(screen[0], 2), little(screen[1], 2), [0x80, 0, 0], zeros(6)),
    together(before, [0x2c], zeros(4), little(first[0], 2), little(first[1], 2), zeros(21)),
  );
const webp = (kind: string, content: Bytes): Bytes =>
  together(text('RIFF'), zeros(4), text('WEBP'), text(kind), little(content.length, 4), content, zeros(20));
const canvas = (width: number, height: number): Bytes =>
  webp('VP8X', [...zeros(4), ...little(width - 1, 3), ...little(height - 1, 3)]);
const lossy = (width: number, height: number): Bytes =>
  webp('VP8 ', [...zeros(3), 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)]);
const lossless = (width: number, height: number): Bytes =>
  webp('VP8L', [0x2f, ...little((width - 1) | ((height - 1) << 14), 4)]);

async function isShown(bytes: Bytes): Promise<boolean> {
  return (await asPicture(new Blob([Uint8Array.from(bytes)]))) !== undefined;
}

test('a size is read from each kind of picture', () => {
  const size = { width: 640, height: 480 };
  const of = (bytes: Bytes) => Uint8Array.from(bytes);
  assert.deepEqual(pngSize(of(png(640, 480))), size);
  assert.deepEqual(gifSize(of(gif([640, 480], [100, 100]))), size);
  assert.deepEqual(gifSize(of(gif([640, 480], [100, 100], [0x21, 0xf9, 4, 1, 2, 3, 4, 0]))), size);
  // The picture counts where it is larger than its screen.
  assert.deepEqual(gifSize(of(gif([1, 1], [640, 480]))), size);
  assert.deepEqual(webpSize(of(canvas(640, 480))), size);
  assert.deepEqual(webpSize(of(lossy(640, 480))), size);
  assert.deepEqual(webpSize(of(lossless(640, 480))), size);
  const [exif, tables] = [segment(0xe1, jpeg(10, 10)), segment(0xc4, zeros(30))];
  assert.deepEqual(jpegSize(of(jpeg(640, 480))), size);
  // A small picture within, and a progressive one.
  assert.deepEqual(jpegSize(of(jpeg(640, 480, [...exif, ...tables, 0xff, 0xff], 0xc2))), size);
});

test('what has too many points, or no size that is plainly there, is not drawn', async () => {
  assert.equal((await asPicture(picture()))?.type, 'image/png');
  for (const bytes of [png(8160, 6144), jpeg(8160, 6144), gif([9, 9], [9, 9]), canvas(4000, 3000), lossless(16_000, 9)])
    assert.ok(await isShown(bytes));
  const side = Math.ceil(Math.sqrt(MOST_POINTS + 1));
  for (const bytes of [
    png(side, side),
    png(0xffffffff, 0xffffffff),
    png(0, 10),
    jpeg(65_535, 65_535),
    // The height comes after the points.
    jpeg(100, 0),
    // A decoder that looks on would find another frame.
    [...jpeg(9, 9).slice(0, 2), 0, ...jpeg(65_535, 65_535).slice(2)],
    [0xff, 0xd8, ...segment(0xda, zeros(9)), ...jpeg(9, 9).slice(2)],
    [0xff, 0xd8, 0xff, 0xe0, 0, 0, ...zeros(40)],
    gif([65_535, 65_535], [1, 1]),
    gif([1, 1], [65_535, 65_535]),
    gif([9, 9], [9, 9], [0x3b]),
    canvas(0x1000000, 0x1000000),
    lossy(16_383, 16_383),
    lossless(16_384, 16_384),
    webp('ALPH', zeros(30)),
  ])
    assert.equal(await isShown(bytes), false, bytes.slice(0, 40).join(' '));
});

test('whatever is cut off or repeated is read in time, and without a fault', async () => {
  for (const bytes of [png(9, 9), jpeg(9, 9), gif([9, 9], [9, 9]), canvas(9, 9), lossy(9, 9), lossless(9, 9)])
    for (let length = 0; length < bytes.length; length++) await isShown(bytes.slice(0, length));
  const repeated = (first: Bytes, again: Bytes): Uint8Array => {
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, at) => again[at % again.length] ?? 0);
    bytes.set(first);
    return bytes;
  };
  const begun = performance.now();
  assert.equal(jpegSize(repeated([0xff, 0xd8], [0xff])), undefined);
  assert.equal(jpegSize(repeated([0xff, 0xd8], [0xff, 0xe0, 0, 2])), undefined);
  assert.equal(gifSize(repeated(gif([9, 9], [9, 9]).slice(0, 19), [0x21, 0xf9, 0])), undefined);
  assert.ok(performance.now() - begun < 2000);
});

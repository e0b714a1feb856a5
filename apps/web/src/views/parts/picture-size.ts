/**
 * How large a picture says to be, read from its header before a browser makes points of it: a few bytes can stand for more points than
 * a device has memory for. What is not plainly formed has no size, and is not shown: a decoder might see another one than is seen here.
 *
 * Each reader looks at each byte once at most, and at no more than it is given.
 */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** As many points a picture has at most, if it is drawn: 8160 by 6144 are what many cameras of telephones make at most. */
export const MOST_POINTS = 51_000_000;
/** As many of its first bytes are looked at: before the size of a JPEG stand small pictures and profiles of colors. */
export const HEADER_LENGTH = 1024 * 1024;

export function isDrawable(size: PictureSize | undefined): boolean {
  return size !== undefined && size.width > 0 && size.height > 0 && size.width * size.height <= MOST_POINTS;
}

/** @param bytes the beginning of a file with the signature of a PNG. Its header comes first, always. */
export function pngSize(bytes: Uint8Array): PictureSize | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 24 || view.getUint32(8) !== 13 || textAt(bytes, 12, 4) !== 'IHDR') return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The screen of a GIF with all of its pictures: some decoders make room for one that is larger. */
export function gifSize(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 13) return undefined;
  const view = viewOf(bytes);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  for (let at = 13 + colorsOf(bytes[10] ?? 0); at < bytes.length;) {
    const kind = bytes[at];
    // An extension, and what follows it in blocks.
    if (kind === 0x21) at = afterBlocks(bytes, at + 2);
    // Others may follow this picture; a browser makes room by the first.
    else if (kind === 0x2c && at + 10 <= bytes.length)
      return {
        width: Math.max(screen.width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true)),
        height: Math.max(screen.height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true)),
      };
    else return undefined;
  }
  return undefined;
}

/** Bytes of a table of colors. */
function colorsOf(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

function afterBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** Of a WebP with one picture, or with the canvas of several. */
export function webpSize(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 30) return undefined;
  const view = viewOf(bytes);
  switch (textAt(bytes, 12, 4)) {
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return undefined;
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8 ':
      // The picture begins with these three bytes, behind three of a frame.
      if (uint24(view, 23) !== 0x2a019d) return undefined;
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}

/** Of a JPEG: by the frame, which stands behind segments of other things. */
export function jpegSize(bytes: Uint8Array): PictureSize | undefined {
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // A marker may have more of these before it.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // The points begin, the file ends, or it is none of what stands before a frame.
    if (length < 2 || marker < 0xc4 || marker === 0xda || (marker >= 0xd0 && marker <= 0xd9)) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** One of the frames of C0 to CF that are no tables: C4, C8 and CC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** What a file is, by what it begins with: what its sender says of it, and its name, count for nothing. */

import { gifSize, HEADER_LENGTH, isDrawable, jpegSize, pngSize, webpSize } from './picture-size.ts';

/** Pictures that browsers draw as points. Never SVG, which is markup. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
export type SoundType = 'audio/ogg' | 'audio/webm' | 'audio/mp4' | 'audio/mpeg' | 'audio/wav' | 'audio/aac';

const SIZES = { 'image/png': pngSize, 'image/jpeg': jpegSize, 'image/gif': gifSize, 'image/webp': webpSize } as const;

/** As many of its first bytes as are looked at, to see what it is. */
export const BEGINNING_LENGTH = 16;

export function pictureType(bytes: Uint8Array): PictureType | undefined {
  if (begins(bytes, '89504e470d0a1a0a')) return 'image/png';
  if (begins(bytes, 'ffd8ff')) return 'image/jpeg';
  if (isText(bytes, 0, 'GIF87a') || isText(bytes, 0, 'GIF89a')) return 'image/gif';
  if (isText(bytes, 0, 'RIFF') && isText(bytes, 8, 'WEBP')) return 'image/webp';
  return undefined;
}

export function soundType(bytes: Uint8Array): SoundType | undefined {
  if (isText(bytes, 0, 'OggS')) return 'audio/ogg';
  if (begins(bytes, '1a45dfa3')) return 'audio/webm';
  if (isText(bytes, 4, 'ftyp')) return 'audio/mp4';
  if (isText(bytes, 0, 'RIFF') && isText(bytes, 8, 'WAVE')) return 'audio/wav';
  if (isText(bytes, 0, 'ID3')) return 'audio/mpeg';
  const [first = 0, second = 0] = bytes;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  // The layer of MPEG audio: none in AAC.
  return (second & 0x06) === 0 ? 'audio/aac' : 'audio/mpeg';
}

/** The same bytes, with the type that they have; undefined for what is no picture, or one that is too large to be drawn. */
export async function asPicture(blob: Blob): Promise<Blob | undefined> {
  const bytes = await beginningOf(blob, HEADER_LENGTH);
  const type = pictureType(bytes);
  return type !== undefined && isDrawable(SIZES[type](bytes)) ? blob.slice(0, blob.size, type) : undefined;
}

export async function asSound(blob: Blob): Promise<Blob | undefined> {
  const type = soundType(await beginningOf(blob, BEGINNING_LENGTH));
  return type === undefined ? undefined : blob.slice(0, blob.size, type);
}

async function beginningOf(blob: Blob, length: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, length).arrayBuffer());
}

function begins(bytes: Uint8Array, hex: string): boolean {
  return Array.from(bytes.subarray(0, hex.length / 2), (byte) => byte.toString(16).padStart(2, '0')).join('') === hex;
}

function isText(bytes: Uint8Array, at: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + text.length)) === text;
}

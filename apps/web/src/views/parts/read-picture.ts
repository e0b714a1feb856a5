/** Finds the code in a picture. */

import { asPicture } from './file-type.ts';

/** Photos are larger than the reader needs. */
const LARGEST_SIDE = 1600;

/** @returns undefined where none is found. @throws where the file is no picture */
export async function readPicture(file: Blob): Promise<string | undefined> {
  // It may be one that a stranger made.
  const picture = await asPicture(file);
  if (picture === undefined) return undefined;
  const bitmap = await createImageBitmap(picture);
  try {
    const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    ];
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    if (context === null) return undefined;
    // Codes are often saved without a ground.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const { decodeQR } = await import('qr/decode.js');
    try {
      return decodeQR({ width, height, data: new Uint8Array(data.buffer) }, { timeLimit: 2000 });
    } catch {
      return undefined;
    }
  } finally {
    bitmap.close();
  }
}

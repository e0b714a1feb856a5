/** Pictures made anew: smaller, and without what the camera wrote into them, such as the place. */
import { pictureType } from '../parts/file-type.ts';

export interface Shrunk {
  readonly file: Blob;
  readonly filename: string;
  /** A data URL. */
  readonly thumbnail: string | undefined;
}

const MOST_POINTS = 2048;
const QUALITY = 0.85;
const THUMBNAIL_POINTS = 96;
const THUMBNAIL_QUALITY = 0.6;
const MOST_THUMBNAIL = 8 * 1024;

/** @returns undefined where the browser cannot read it as a picture, or it moves: it is a file then */
export async function shrinkPicture(file: File): Promise<Shrunk | undefined> {
  const type = pictureType(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (type === undefined || type === 'image/gif') return undefined;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  try {
    const made = draw(picture, MOST_POINTS);
    // What may be seen through stays so.
    const as = type === 'image/png' ? 'image/png' : 'image/jpeg';
    const blob = await new Promise<Blob | null>((resolve) => made.toBlob(resolve, as, QUALITY));
    const thumbnail = draw(picture, THUMBNAIL_POINTS).toDataURL('image/jpeg', THUMBNAIL_QUALITY);
    if (blob === null) return undefined;
    return {
      file: blob,
      filename: renamed(file.name, as === 'image/png' ? 'png' : 'jpg'),
      thumbnail: thumbnail.length <= MOST_THUMBNAIL ? thumbnail : undefined,
    };
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, most: number): HTMLCanvasElement {
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The ending that is true now. */
export function renamed(filename: string, ending: string): string {
  const dot = filename.lastIndexOf('.');
  return `${dot > 0 ? filename.slice(0, dot) : filename}.${ending}`;
}

/** Gives a file of a peer to the person: into the folder for downloads, never into a page of its own. */
import { saveAs } from '../parts/hand-over.ts';

/** With a type that no browser shows, so that nothing in it runs at this origin. */
export function saveBlob(blob: Blob, filename: string): void {
  saveAs(blob.slice(0, blob.size, 'application/octet-stream'), filename);
}

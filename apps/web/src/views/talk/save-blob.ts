/** Gives a file to the person: into the folder for downloads, never into a page of its own. */

/** Long enough for a browser to begin. */
const KEPT = 60_000;

export function saveBlob(blob: Blob, filename: string): void {
  // A type that no browser shows, so that nothing in it runs at this origin.
  const url = URL.createObjectURL(blob.slice(0, blob.size, 'application/octet-stream'));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
}

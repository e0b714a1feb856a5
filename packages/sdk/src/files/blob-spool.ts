/** Bytes that come one after the other, as a Blob: in a browser it lies outside of the page's memory, much of it on disk. */
import type { FileSpool } from '../ports/file-service.ts';

/** A stream that ends as a Blob. */
export interface BlobSink {
  readonly writable: WritableStream<Uint8Array>;
  /** All that was written. */
  readonly blob: () => Blob;
}

/** Bytes that are handed to the browser at once: many small Blobs cost more than a few. */
const PART_BYTES = 1024 * 1024;

/** A stream that keeps what is written to it. */
export function blobSink(): BlobSink {
  const parts: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  function handOver(): void {
    if (bytes > 0) parts.push(new Blob(waiting));
    waiting = [];
    bytes = 0;
  }
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      // Whoever wrote it may write something else into it.
      waiting.push(chunk.slice());
      bytes += chunk.length;
      if (bytes >= PART_BYTES) handOver();
    },
    close: handOver,
    abort() {
      parts.length = 0;
      waiting = [];
    },
  });
  return { writable, blob: () => new Blob(parts) };
}

/** Keeps files in Blobs. In Node, Deno and Bun that is memory: `fileSpool` of `dimsdk/node` keeps them on the disk. */
export const blobSpool: FileSpool = /* @__PURE__ */ Object.freeze({
  async keep(stream: ReadableStream<Uint8Array>, signal: AbortSignal) {
    const { writable, blob } = blobSink();
    await stream.pipeTo(writable, { signal });
    return { data: blob(), discard: () => Promise.resolve() };
  },
});

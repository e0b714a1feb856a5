/** Files that are encrypted with one tag for the whole: nothing can be said of a part, and so they are held. */
import { DimError, type ByteTransform } from 'dimp';

/** Bytes that are held at most. */
export const MAX_HELD = 32 * 1024 * 1024;

/** Takes all bytes, and gives what becomes of them at the end. @throws DimError `INPUT_LIMIT` in the stream */
export function wholeTransform(work: (whole: Uint8Array) => Promise<Uint8Array>): ByteTransform {
  let chunks: Uint8Array[] = [];
  let size = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk) {
      size += chunk.length;
      if (size > MAX_HELD)
        throw new DimError('INPUT_LIMIT', `keys of this algorithm are for files of up to ${MAX_HELD} bytes: take AES`);
      chunks.push(chunk.slice());
    },
    async flush(controller) {
      const whole = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      chunks = [];
      const output = await work(whole);
      if (output.length > 0) controller.enqueue(output);
    },
  });
}

/** A stream that is looked at as it passes. */

/** Passes all bytes on, after they were shown. What `show` throws ends the stream. */
export function observe(
  stream: ReadableStream<Uint8Array>,
  show: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        show(chunk);
        controller.enqueue(chunk);
      },
    }),
  );
}

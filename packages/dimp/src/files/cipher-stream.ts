/** A cipher that works in pieces as a pair of web streams. */
import { type Awaitable, type StreamCipher } from 'dkd';
import { callPluginAsync } from 'dkd/internal';

declare global {
  // Who compiles without the types of a browser or of Node has no web streams, but may use all the rest. Elsewhere these
  // are one with the interfaces that are there, and have to be declared with the same parameters.
  // oxlint-disable typescript/no-explicit-any
  interface ReadableStream<R = any> {}
  interface WritableStream<W = any> {}
  // oxlint-enable typescript/no-explicit-any
}

/** Bytes go in at `writable` and come out at `readable`: what `pipeThrough` takes. */
export interface ByteTransform {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** The streams of a cipher. A chunk is taken when the one before it was read, so that no more than one waits. */
export function cipherStream(cipher: StreamCipher): ByteTransform {
  return new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => pass(controller, () => cipher.update(chunk)),
    flush: (controller) => pass(controller, () => cipher.finish()),
  });
}

async function pass(
  controller: TransformStreamDefaultController<Uint8Array>,
  work: () => Awaitable<Uint8Array>,
): Promise<void> {
  const output = await callPluginAsync('key', work);
  if (output.length > 0) controller.enqueue(output);
}

/**
 * The same streams, but when the input breaks off, the output ends in the error that is made of the reason. By
 * itself a web stream hands the reason on, whatever it is.
 */
export function withAbortError(
  { readable, writable }: ByteTransform,
  toError: (reason: unknown) => Error,
): ByteTransform {
  const writer = writable.getWriter();
  return {
    readable,
    writable: new WritableStream<Uint8Array>({
      start(controller) {
        // The reader went away, or the cipher failed: whoever writes shall know at once, not with the next chunk.
        writer.closed.catch((error: unknown) => controller.error(error));
      },
      write: (chunk) => writer.write(chunk),
      close: () => writer.close(),
      abort: (reason) => writer.abort(toError(reason)),
    }),
  };
}

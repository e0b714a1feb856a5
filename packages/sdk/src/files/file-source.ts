/** What an application sends: something that can be read to its end, once. */
import { DimError, isDimError } from 'dimp';
import { typeName } from 'dimp/extend';
import { bytesArgument, ifReadable, requireFilename } from 'dimp/internal';

/** A file to send: what the user picked, a Blob, bytes, or a stream. In Node, `fileSource` opens one of the disk. */
export type FileSource = Blob | Uint8Array | ReadableStream<Uint8Array>;

/** A source, opened. */
export interface OpenedSource {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes; undefined for a stream. */
  readonly size: number | undefined;
}

/**
 * Opens a source.
 * @throws DimError `USAGE_ARGUMENT` for what is none
 */
export function openSource(source: FileSource): OpenedSource {
  const { stream, size } = open(source);
  return { stream: withOwnErrors(stream), size };
}

function open(source: FileSource): OpenedSource {
  if (isBlob(source)) return { stream: source.stream(), size: source.size };
  if (source instanceof ReadableStream) {
    if (source.locked)
      throw new DimError('USAGE_ARGUMENT', 'must be a stream that nobody else reads', { path: 'source' });
    return { stream: source, size: undefined };
  }
  if (!ArrayBuffer.isView(source))
    throw new DimError('USAGE_ARGUMENT', `must be a Blob, bytes or a stream, not ${typeName(source)}`, {
      path: 'source',
    });
  const blob = asBlob(bytesArgument(source, 'source'));
  return { stream: blob.stream(), size: blob.size };
}

/** A stream whose failures are errors of this stack. */
function withOwnErrors(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(isDimError(error) ? error : unreadable(error));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** What a source is that did not give what it said. */
export function unreadable(cause?: unknown): DimError {
  return new DimError('FILE_DAMAGED', 'the file cannot be read, or was changed meanwhile', { path: 'source', cause });
}

/** Bytes as a Blob. */
export function asBlob(bytes: Uint8Array): Blob {
  return new Blob([bytes.slice()]);
}

/** Whether a source is a Blob: a File too, and one of another realm. */
export function isBlob(source: unknown): source is Blob {
  if (source instanceof Blob) return true;
  const tag = Object.prototype.toString.call(source);
  return tag === '[object Blob]' || tag === '[object File]';
}

/**
 * The name to send a file by: the one that is given, or that of the File, where it is one that every platform can write.
 * @throws DimError `USAGE_ARGUMENT` for a given one that is not
 */
export function nameOfSource(source: FileSource, given: string | undefined): string | undefined {
  if (given !== undefined) return requireFilename(given);
  const name: unknown = isBlob(source) ? (source as Partial<File>).name : undefined;
  if (typeof name !== 'string') return undefined;
  const extension = extensionOf(name);
  const plain = extension === undefined ? undefined : `file.${extension}`;
  return ifReadable(() => requireFilename(name)) ?? plain;
}

/** The extension of a name, in small letters, without the dot; undefined for a name without one. */
export function extensionOf(name: string | undefined): string | undefined {
  return /[^.]\.([a-z\d]{1,16})$/i.exec(name ?? '')?.[1]?.toLowerCase();
}

/**
 * Reads the one part, `file`, of a multipart form, as it comes: no more of it is held than a few pieces.
 *
 * The form may be broken anywhere, and who sends it may be gone at any time.
 */
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import { DimError } from 'dimp';

/** The name of the part. */
const PART_NAME = 'file';
/** Headers of a part, and bytes of them. */
const MOST_HEADERS = 16;
const HEADER_BYTES = 4096;
/** Parts that are looked at: others than the file are passed over. */
const MOST_PARTS = 4;

/** How a form is read. */
export interface ReceiveOptions {
  /** Bytes that the file may have. */
  readonly most: number;
  /** Takes the next bytes; the next ones come when it has. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Reads a form to its end.
 * @returns whether there was a file in it
 * @throws DimError `INPUT_FORMAT` for what is no form, or ends before it should; `INPUT_LIMIT`; what `write` throws
 */
export async function receiveForm(request: IncomingMessage, { most, write }: ReceiveOptions): Promise<boolean> {
  const form = formOf(request, most);
  let file: BusboyFileStream | undefined;
  let taken: Promise<void> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      // A part that is none is told of where nobody may listen any more: that must not end the process.
      form.on('error', (error: unknown) => reject(broken(error)));
      form.on('finish', resolve);
      request.on('error', (error) => reject(broken(error)));
      const gone = (): void => {
        if (!request.complete) reject(broken(undefined));
      };
      if (request.destroyed) gone();
      request.on('close', gone);
      form.on('file', (name, stream) => {
        stream.on('error', (error) => reject(broken(error)));
        stream.on('limit', () => reject(tooLong(most)));
        if (name !== PART_NAME || file !== undefined) stream.resume();
        else {
          file = stream;
          taken = take(stream, write);
          taken.catch(reject);
        }
      });
      request.pipe(form);
    });
    await taken;
    return file !== undefined;
  } finally {
    request.unpipe(form);
    // What is left of it is not for anybody.
    request.resume();
    file?.destroy();
    // Nothing is written behind the end.
    await taken?.catch(() => undefined);
  }
}

async function take(stream: BusboyFileStream, write: ReceiveOptions['write']): Promise<void> {
  for await (const bytes of stream as AsyncIterable<Buffer>) await write(bytes);
}

function tooLong(most: number): DimError {
  return new DimError('INPUT_LIMIT', `is longer than ${most} bytes`, { path: 'size' });
}

/** @throws DimError `INPUT_FORMAT` */
function formOf(request: IncomingMessage, most: number): Busboy {
  const type = request.headers['content-type'] ?? '';
  try {
    return new Busboy({
      headers: { 'content-type': type },
      isPartAFile: () => true,
      limits: { fileSize: most, parts: MOST_PARTS, headerPairs: MOST_HEADERS, headerSize: HEADER_BYTES },
    });
  } catch (error) {
    throw broken(error);
  }
}

function broken(cause: unknown): DimError {
  return new DimError('INPUT_FORMAT', 'must be a whole multipart form', { cause });
}

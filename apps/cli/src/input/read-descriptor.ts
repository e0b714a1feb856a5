/** A text from a file that whoever calls has opened: `3< file`, `3< <(command)`. */
import { createReadStream, fstatSync, type BigIntStats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import type { CommandContext } from '../command/command-context.ts';
import { Interrupted } from '../command/interrupted.ts';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

const STANDARD_INPUT = 0;

/**
 * The beginning of a text: up to the end of its first line, or somewhat more than `length`. Nobody waits for the rest.
 * @param option what the number was given by
 * @throws DimError `USAGE_ARGUMENT`; Interrupted
 */
export async function readDescriptor(
  { stdin, signal }: Pick<CommandContext, 'stdin' | 'signal'>,
  text: string,
  { option, length }: { readonly option: string; readonly length: number },
): Promise<string> {
  const fd = /^[0-9]{1,6}$/.test(text) ? Number(text) : undefined;
  if (fd === undefined) throw wrong(`${option} must be the number of a file that is open, not ${printable(text)}`);
  try {
    const stream = fd === STANDARD_INPUT ? stdin : streamOf(fd);
    const end = (): void => void stream.destroy(new Interrupted());
    if (signal.aborted) throw new Interrupted();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await beginningOf(stream, length);
    } finally {
      signal.removeEventListener('abort', end);
    }
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw wrong(`${option} must be the number of a file that is open: ${text} is none that can be read`, error);
  }
}

/**
 * Node has open files of its own, which are none of these, or are being read already: to wait for one of them never ends. What
 * somebody may write to later is not read in a thread, which nothing could stop.
 */
function streamOf(fd: number): Readable {
  const stats = statsOf(fd);
  if (stats.isFile()) return createReadStream('', { fd });
  if ((stats.isFIFO() && !isOwnPipe(fd, stats)) || stats.isSocket())
    return new Socket({ fd, readable: true, writable: false });
  if (isatty(fd)) return new ReadStream(fd);
  throw new Error('it is neither a file nor a pipe, a socket or a terminal of whoever calls');
}

/** How many open files are looked at. */
const OPEN_FILES = 256;

/** A pipe of which this process has both ends: nobody else writes to it, or ends it. */
function isOwnPipe(fd: number, { dev, ino }: BigIntStats): boolean {
  for (let other = 3; other < OPEN_FILES; other++) {
    if (other === fd) continue;
    try {
      const stats = statsOf(other);
      if (stats.dev === dev && stats.ino === ino) return true;
    } catch {
      // There is no such open file.
    }
  }
  return false;
}

/** Not as numbers: Node 20 resolves no links of modules after it was asked that way about a pipe. */
function statsOf(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

async function beginningOf(stream: AsyncIterable<unknown>, length: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const part of stream) {
    text += typeof part === 'string' ? part : decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > length || text.includes('\n')) return text;
  }
  return text + decoder.decode();
}

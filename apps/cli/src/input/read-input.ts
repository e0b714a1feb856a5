/** What is read from a file, or from standard input. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext } from '../command/command-context.ts';
import { wrong } from '../command/wrong.ts';
import { fileFailure } from './file-failure.ts';
import { printable } from '../text/printable.ts';

/** More than any package, key or identity of the network. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The name of standard input among files. */
export const STANDARD_INPUT = '-';

/** The bytes of a file; `-` is standard input. @throws DimError `USAGE_ARGUMENT` for what cannot be read, or is too large */
export async function readInput(
  { stdin, folder }: Pick<CommandContext, 'stdin' | 'folder'>,
  file: string,
): Promise<Uint8Array> {
  if (file === STANDARD_INPUT) return collect(stdin, 'standard input');
  const name = printable(file);
  try {
    const handle = await open(resolve(folder, file), 'r');
    try {
      return await collect(handle.createReadStream({ autoClose: false }), name);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileFailure(error, file);
  }
}

/** The same as text. @throws also for what is not UTF-8 */
export async function readTextInput(context: Pick<CommandContext, 'stdin' | 'folder'>, file: string): Promise<string> {
  const bytes = await readInput(context, file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw wrong(`${printable(file)} must be text in UTF-8`, error);
  }
}

async function collect(stream: AsyncIterable<unknown>, name: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part as Uint8Array);
    length += bytes.length;
    if (length > MAX_BYTES) throw wrong(`${name} must have at most ${MAX_BYTES} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

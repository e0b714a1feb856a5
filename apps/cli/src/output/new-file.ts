/** Files that commands make: for their owner alone, and never in the place of another. */
import { resolve } from 'node:path';
import type { DimError } from 'dimp';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

/** Makes a file of mode 600, whole or not at all. @throws DimError `USAGE_ARGUMENT` where there is one; `STORE_…` */
export async function writeNewFile({ context }: Call, file: string, text: string): Promise<void> {
  const { createPrivateFile } = await import('dimstation/internal');
  const end = text.endsWith('\n') ? '' : '\n';
  if (await createPrivateFile(resolve(context.folder, file), `${text}${end}`)) return;
  throw isThere(file);
}

/** What is told of a file that is there. */
export function isThere(file: string): DimError {
  return wrong(`${printable(file)} is there already, and is not written over: give another name, or remove it first`);
}

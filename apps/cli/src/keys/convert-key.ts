/** `dim key convert`. */
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { handOut, type HandOutOptions } from './hand-out.ts';
import type { KeyHints } from './key-source.ts';
import { publicOf } from './known-key.ts';
import { readKeyFile } from './read-key.ts';

/** As the command takes them. */
export interface ConvertOptions extends KeyHints, HandOutOptions {
  readonly to: string;
  readonly public?: true | undefined;
}

/** Writes a key in another form. */
export async function convertKey(call: Call, file: string, options: ConvertOptions): Promise<Result> {
  const { known } = await readKeyFile(call, file, options);
  if (options.public !== true) return handOut(call, known, options.to, options);
  if (known.part === 'secret') throw wrong(`a key of ${known.algorithm} has no public half`);
  return handOut(call, publicOf(known), options.to, options);
}

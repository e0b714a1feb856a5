/** Where keys go: the one rule for what nobody but their owner may see. */
import type { JsonMap } from 'dimp';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { writeNewFile } from '../output/new-file.ts';
import { printable } from '../text/printable.ts';
import { keyJson, keyText, WIDTH } from './key-facts.ts';
import { formOf } from './key-forms.ts';
import type { KnownKey } from './known-key.ts';
import { textOfKey, writeKey } from './write-key.ts';

/** Where to. */
export interface HandOutOptions {
  readonly file?: string | undefined;
  readonly private?: true | undefined;
}

/** @throws DimError `USAGE_ARGUMENT` where a private key has nowhere to go, before any work is done */
export function checkPlace({ part }: Pick<KnownKey, 'part'>, { file, private: isShown }: HandOutOptions): void {
  if (part === 'public' || file !== undefined || isShown === true) return;
  throw wrong(`a ${part} key goes to a file that only you read (--file FILE), or is printed where you say --private`);
}

/**
 * Writes a key to a file, or prints it: a public one always, any other where somebody asks for it. The documented shape is that of
 * `keyJson` with `file`, or `key`: an object for `map` and `jwk`, else text.
 */
export async function handOut(call: Call, known: KnownKey, form: string, options: HandOutOptions): Promise<Result> {
  const as = formOf(form, known);
  checkPlace(known, options);
  const written = writeKey(known, as);
  const text = textOfKey(written);
  const facts: JsonMap = keyJson(known, as);
  const { file } = options;
  if (file === undefined) return { json: { ...facts, file: null, key: written }, text };
  await writeNewFile(call, file, text);
  return {
    json: { ...facts, file, key: null },
    text: `${keyText(known, as)}\n${'file'.padEnd(WIDTH)}${printable(file)}`,
  };
}

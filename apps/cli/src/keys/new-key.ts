/** `dim key new`. */
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { printable } from '../text/printable.ts';
import { checkPlace, handOut, type HandOutOptions } from './hand-out.ts';
import { formOf } from './key-forms.ts';
import { isPair, keyOfMap, type KnownKey } from './known-key.ts';

/** As the command takes them. */
export interface NewKeyOptions extends HandOutOptions {
  readonly algorithm: string;
  readonly bits?: string | undefined;
  readonly form: string;
}

/** Makes a key. */
export async function newKey(call: Call, options: NewKeyOptions): Promise<Result> {
  const algorithm = algorithmOf(options.algorithm);
  const kind = { algorithm, part: isPair(algorithm) ? 'private' : 'secret' } as const;
  formOf(options.form, kind);
  checkPlace(kind, options);
  const known = await generate(algorithm, bitsOf(options.bits));
  return handOut(call, known, options.form, options);
}

function algorithmOf(name: string): string {
  const algorithm = name.toUpperCase();
  const all = dim.algorithms.filter((one) => one !== 'PLAIN');
  if (all.includes(algorithm)) return algorithm;
  throw wrong(`--algorithm must be ${all.join(', ')}, not ${printable(name)}`);
}

function bitsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text)) throw wrong('--bits must be a number');
  return Number(text);
}

async function generate(algorithm: string, bits: number | undefined): Promise<KnownKey> {
  const options = bits === undefined ? {} : { bits };
  const codec = !isPair(algorithm) ? dim.SymmetricKey : algorithm === 'X25519' ? dim.DecryptKey : dim.PrivateKey;
  const { fields } = await codec.generate(algorithm, options);
  return keyOfMap(fields, 'private');
}

/** The passphrase that opens the private keys of a home: asked, or from where whoever calls has put it. */
import { createReadStream } from 'node:fs';
import { DimError } from 'dimp';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { ask, type PassphraseUse } from './prompt.ts';
import { readTextInput } from './read-input.ts';

/** Where it may be put. */
export const PASSPHRASE_VARIABLE = 'DIM_PASSPHRASE';

const MAX_LENGTH = 4096;

/** Where a passphrase may come from. */
export interface PassphraseSource {
  readonly file: string | undefined;
  readonly fd: string | undefined;
  /** Of the environment. */
  readonly variable: string;
  /** What its options begin with: `--passphrase`. */
  readonly option: string;
}

/**
 * The passphrase of the home.
 * @throws DimError `USAGE_ARGUMENT` for an option that has none; `VAULT_PASSPHRASE` where there is none and nobody to ask
 */
export async function passphraseOf(call: Call, use: PassphraseUse): Promise<string> {
  const { passphraseFile: file, passphraseFd: fd } = call.globals;
  return passphraseFrom(call, { file, fd, variable: PASSPHRASE_VARIABLE, option: '--passphrase' }, use);
}

/** @throws DimError as {@link passphraseOf} */
export async function passphraseFrom({ context }: Call, source: PassphraseSource, use: PassphraseUse): Promise<string> {
  const { file, fd, variable, option } = source;
  if (file !== undefined) return firstLine(await readTextInput(context, file), `${option}-file`);
  if (fd !== undefined) return firstLine(await readDescriptor(fd, `${option}-fd`), `${option}-fd`);
  const given = context.environment[variable];
  if (given !== undefined && given !== '') return checkLength(given, variable);
  if (context.stdin.isTTY !== true)
    throw new DimError('VAULT_PASSPHRASE', `the passphrase of ${use.of} is needed, and there is no terminal to ask at`);
  return ask(context, use);
}

/** Whether it can be had without asking anybody. */
export function isPassphraseGiven({ context, globals }: Call): boolean {
  const given = context.environment[PASSPHRASE_VARIABLE];
  return globals.passphraseFile !== undefined || globals.passphraseFd !== undefined || (given ?? '') !== '';
}

async function readDescriptor(text: string, option: string): Promise<string> {
  const fd = Number(text);
  if (!/^[0-9]{1,6}$/.test(text)) throw wrong(`${option} must be the number of a file that is open`);
  const parts: string[] = [];
  try {
    let length = 0;
    for await (const part of createReadStream('', { fd, encoding: 'utf8' })) {
      parts.push(part as string);
      length += (part as string).length;
      if (length > MAX_LENGTH) break;
    }
  } catch (error) {
    throw wrong(`${option} must be the number of a file that is open: ${text} is none`, error);
  }
  return parts.join('');
}

/** Editors end the last line; what stands behind it is not meant. */
function firstLine(text: string, option: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '') throw wrong(`${option} must have the passphrase in its first line`);
  return checkLength(line, option);
}

function checkLength(text: string, option: string): string {
  if (text.length > MAX_LENGTH) throw wrong(`${option} must have a passphrase of at most ${MAX_LENGTH} characters`);
  return text;
}

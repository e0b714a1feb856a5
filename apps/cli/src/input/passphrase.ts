/** The passphrase that opens the private keys of a home: asked, or from where whoever calls has put it. */
import { DimError } from 'dimp';
import type { Call } from '../command/call.ts';
import type { CommandContext } from '../command/command-context.ts';
import { wrong } from '../command/wrong.ts';
import { ask, type PassphraseUse } from './prompt.ts';
import { readDescriptor } from './read-descriptor.ts';
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
  const { variable } = source;
  const read = await passphraseInFile(context, source);
  if (read !== undefined) return read;
  const given = context.environment[variable];
  if (given !== undefined && given !== '') return checkLength(given, variable);
  if (context.stdin.isTTY !== true)
    throw new DimError('VAULT_PASSPHRASE', `the passphrase of ${use.of} is needed, and there is no terminal to ask at`);
  return ask(context, use);
}

/**
 * The passphrase of the home where an option says which file has it. It is read before anything else is done: what is wrong with
 * the option is told first, and a pipe gives it once only.
 * @throws DimError `USAGE_ARGUMENT` for an option that has none
 */
export async function passphraseOfOption({ context, globals }: Call): Promise<string | undefined> {
  const { passphraseFile: file, passphraseFd: fd } = globals;
  return passphraseInFile(context, { file, fd, option: '--passphrase' });
}

async function passphraseInFile(
  context: CommandContext,
  { file, fd, option }: Omit<PassphraseSource, 'variable'>,
): Promise<string | undefined> {
  if (file !== undefined) return firstLine(await readTextInput(context, file), `${option}-file`);
  if (fd === undefined) return undefined;
  const name = `${option}-fd`;
  return firstLine(await readDescriptor(context, fd, { option: name, length: MAX_LENGTH }), name);
}

/** Whether it can be had without asking anybody. */
export function isPassphraseGiven({ context, globals }: Call): boolean {
  const given = context.environment[PASSPHRASE_VARIABLE];
  return globals.passphraseFile !== undefined || globals.passphraseFd !== undefined || (given ?? '') !== '';
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

/** The passphrase of the identity, from where the operator has put it. */
import { readFileSync } from 'node:fs';
import { passphraseVault, type PassphraseVault } from 'dimsdk';
import { nodeScrypt } from 'dimsdk/node';
import { printable } from 'dimp/internal';
import { reasonOf } from '../options/configure.ts';
import { wrong } from '../options/wrong.ts';
import type { Settings } from '../options/options.ts';

const MAX_LENGTH = 4096;

/** The vault of the passphrase; none where no passphrase was given. @throws DimError `USAGE_ARGUMENT` */
export function identityVault(settings: Pick<Settings, 'passphrase' | 'passphrase-file'>): PassphraseVault | undefined {
  const passphrase = settings.passphrase ?? firstLine(settings['passphrase-file'], 'passphrase-file', 'a passphrase');
  return passphrase === undefined ? undefined : passphraseVault(passphrase, { scrypt: nodeScrypt });
}

/**
 * The first line of a file that an option names; undefined where it names none.
 * @param what what should stand there: `a passphrase`
 * @throws DimError `USAGE_ARGUMENT`
 */
export function firstLine(path: string | undefined, option: string, what: string): string | undefined {
  if (path === undefined) return undefined;
  const text = readText(path, option);
  // Editors end the last line; what stands behind it is not meant.
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '' || line.length > MAX_LENGTH)
    throw wrong(`${option} must have ${what} in its first line: ${printable(path)} has none`);
  return line;
}

/** The text of a file that an option names. @throws DimError `USAGE_ARGUMENT` */
export function readText(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(`${option} must be the path of a file that can be read: ${printable(path)} ${reasonOf(error)}`, error);
  }
}

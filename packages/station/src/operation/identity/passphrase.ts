/** The passphrase of the identity, from where the operator has put it. */
import { readFileSync } from 'node:fs';
import { passphraseVault, type PassphraseVault } from 'dimsdk';
import { nodeScrypt } from 'dimsdk/node';
import { reasonOf, wrong } from '../options/configure.ts';
import type { Settings } from '../options/options.ts';
import { printable } from '../printable.ts';

const MAX_LENGTH = 4096;

/** The vault of the passphrase; none where no passphrase was given. @throws DimError `USAGE_ARGUMENT` */
export function identityVault(settings: Pick<Settings, 'passphrase' | 'passphrase-file'>): PassphraseVault | undefined {
  const passphrase = settings.passphrase ?? fromFile(settings['passphrase-file']);
  return passphrase === undefined ? undefined : passphraseVault(passphrase, { scrypt: nodeScrypt });
}

function fromFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const text = readText(path, 'passphrase-file');
  // Editors end the last line; what stands behind it is not meant.
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '' || line.length > MAX_LENGTH)
    throw wrong(`passphrase-file must have a passphrase in its first line: ${printable(path)} has none`);
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

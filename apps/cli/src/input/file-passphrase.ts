/** The passphrase of an exported identity: one of its own, as the file goes where the home does not. */
import { DimError, isDimError } from 'dimp';
import { FILE_PASSPHRASE } from '../command/advice.ts';
import type { Call } from '../command/call.ts';
import { passphraseFrom } from './passphrase.ts';
import type { PassphraseUse } from './prompt.ts';

/** Where it may be put. */
const VARIABLE = 'DIM_FILE_PASSPHRASE';

/** The options of commands that read or write such files. */
export interface FilePassphraseOptions {
  readonly filePassphraseFile?: string | undefined;
  readonly filePassphraseFd?: string | undefined;
}

/** @throws DimError `USAGE_ARGUMENT` for an option that has none; `VAULT_PASSPHRASE` where there is none and nobody to ask */
export async function filePassphraseOf(
  call: Call,
  options: FilePassphraseOptions,
  use: PassphraseUse,
): Promise<string> {
  const { filePassphraseFile: file, filePassphraseFd: fd } = options;
  try {
    return await passphraseFrom(call, { file, fd, variable: VARIABLE, option: '--file-passphrase' }, use);
  } catch (error) {
    if (!isDimError(error) || error.code !== 'VAULT_PASSPHRASE') throw error;
    throw filePassphraseError(`is needed for ${use.of}, and there is no terminal to ask at`, error);
  }
}

/** A `VAULT_PASSPHRASE` of which people know that it is not the passphrase of the home. */
export function filePassphraseError(reason: string, cause: unknown): DimError {
  return new DimError('VAULT_PASSPHRASE', reason, { path: FILE_PASSPHRASE, cause });
}

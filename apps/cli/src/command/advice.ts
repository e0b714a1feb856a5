/** What to do about an error, where the error does not say so itself. */
import type { ErrorCode } from 'dimp';

const ADVICE: Readonly<Record<string, string>> = {
  VAULT_PASSPHRASE:
    'Give the passphrase of this home: when asked, by --passphrase-file, --passphrase-fd, or DIM_PASSPHRASE.',
  STORE_FULL:
    'Make room on the disk, and run it again: nothing of this was kept, and nothing that was kept before is lost.',
  STORE_VERSION: 'A later version of dim has written this home: install that one (npm install -g dim-cli).',
  CONNECTION_FAILED: 'Is the station running, and the address right? `dim doctor` looks at all of it.',
  CONNECTION_LOST: 'What was on its way stays here, and goes out the next time.',
  MISSING_META:
    'Who this is, is not known here yet: `dim contact add ID` asks the station, or `dim contact add FILE` reads it.',
  MISSING_VISA:
    'No key of this person is known here yet: `dim contact add ID` asks the station, or `dim contact add FILE` reads it.',
  DELIVERY_FULL: 'So much waits for this person that the station keeps no more: send it again later.',
  CRYPTO_META_CHANGED:
    'Somebody shows another identity for an ID that is known here. Compare the ID with its owner by other means before anything else.',
};

/** Where an error stands that is about the passphrase of an exported identity, and not of the home. */
export const FILE_PASSPHRASE = 'file passphrase';

const FILE_ADVICE =
  'Give the passphrase of the file: when asked, by --file-passphrase-file, --file-passphrase-fd, or DIM_FILE_PASSPHRASE.';

/** One sentence, or nothing. */
export function adviceFor({ code, path }: { readonly code: ErrorCode; readonly path?: string }): string | undefined {
  return path === FILE_PASSPHRASE ? FILE_ADVICE : ADVICE[code];
}

/** What the program ends with: by the family of the error, so that scripts can tell them apart. */

/** Exit codes. */
export const EXIT = {
  done: 0,
  /** Something failed that should not: in this program, a plugin, the platform. */
  failed: 1,
  /** The command line, a variable or the configuration is wrong. */
  usage: 2,
  /** What was given, or came in, is not what the protocol allows, or of a kind that is not known here. */
  input: 3,
  /** A signature does not verify, or a message does not decrypt. */
  crypto: 4,
  /** Something is missing that others have: a meta, a visa, a key; or it is for somebody else. */
  missing: 5,
  /** The disk: full, not writable, damaged, in use. */
  store: 6,
  /** The passphrase is wrong, or there is none. */
  vault: 7,
  /** No station answers, or no other server. */
  connection: 8,
  /** A message, a file or a group did not go as it should. */
  delivery: 9,
  /** Ctrl+C, or a signal. */
  interrupted: 130,
} as const;

const FAMILIES: Readonly<Record<string, number>> = {
  USAGE: EXIT.usage,
  INPUT: EXIT.input,
  UNSUPPORTED: EXIT.input,
  CRYPTO: EXIT.crypto,
  MISSING: EXIT.missing,
  NOT: EXIT.missing,
  STORE: EXIT.store,
  VAULT: EXIT.vault,
  CONNECTION: EXIT.connection,
  DELIVERY: EXIT.delivery,
  FILE: EXIT.delivery,
  GROUP: EXIT.delivery,
};

/** The exit code for the code of an error. */
export function exitCodeOf(code: string): number {
  const [family = ''] = code.split('_', 1);
  return FAMILIES[family] ?? EXIT.failed;
}

/** One call of one command. */
import type { JsonMap } from 'dimp';
import type { CommandContext } from './command-context.ts';

/** The options that each command takes. */
export interface GlobalOptions {
  readonly home?: string | undefined;
  readonly as?: string | undefined;
  readonly json?: true | undefined;
  readonly passphraseFile?: string | undefined;
  readonly passphraseFd?: string | undefined;
}

/** What a command is run with. */
export interface Call {
  readonly context: CommandContext;
  readonly globals: GlobalOptions;
  /** Writes a line for people, or an object for machines, at once: for commands that go on. */
  tell(result: Result): Promise<void>;
  /** Writes a line for people on standard error: never part of the result. */
  note(line: string): void;
}

/** What comes of a command: the same for people and for machines. */
export interface Result {
  /** What `--json` prints: the documented shape, in one line. */
  readonly json: JsonMap;
  /** What people read, without the last line end. It is printed as it is: what others wrote in it is made printable by whoever makes it. */
  readonly text: string;
  /** Where the command was done, and has bad news. */
  readonly exitCode?: number | undefined;
}

/** What a command has to do with: the process that runs it, or a test. */
import type { Readable, Writable } from 'node:stream';

/** Where text goes; of a terminal, how large it is. */
export interface Output extends Writable {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Where text comes from. */
export interface Input extends Readable {
  readonly isTTY?: boolean | undefined;
}

/** What a command has to do with. */
export interface CommandContext {
  /** Without those of Node. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths count from. */
  readonly folder: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** What a guess of the passphrase costs, for what is sealed anew: less than usual in tests, which no process can say. */
  readonly sealingCost?: number | undefined;
  /** Aborted when somebody asks the command to end, by Ctrl+C say. */
  readonly signal: AbortSignal;
}

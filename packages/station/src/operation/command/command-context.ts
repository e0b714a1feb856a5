/** What a command has to do with: the process that runs it, or a test. */
import type { StartStation } from '../running-station.ts';

/** Where text goes. */
export interface Output {
  write(text: string): void;
  readonly isTTY?: boolean | undefined;
}

/** What a command has to do with. */
export interface CommandContext {
  /** What the program is called where it speaks of itself. */
  readonly name: string;
  /** Without those of Node. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths count from. */
  readonly folder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly startStation: StartStation;
  /** Calls a listener for each signal that asks it to end. @returns what stops that */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
  /** Calls a listener for each signal that asks it to read its files again. @returns what stops that */
  onReload(listener: () => void): () => void;
  /** Ends at once, whatever goes on. */
  exitNow(code: number): void;
}

/** Exit codes. With a second signal it is 128 and the number of the signal. */
export const EXIT = {
  done: 0,
  /** It could not be done: a port that is taken, a disk that is full, a damaged file, a passphrase that is another. */
  failed: 1,
  /** The command line, a variable or the configuration file is wrong. */
  usage: 2,
  /** No station answers. */
  notRunning: 3,
} as const;

/** `dim` in this process, at a terminal that shows what eyes would see. */
import { after } from 'node:test';
import { runProgram } from '../../src/program.ts';
import type { TerminalScreen } from './terminal-screen.ts';
import { terminalStreams } from './terminal-streams.ts';

/** Somebody at a terminal. */
export interface AtTerminal {
  readonly screen: TerminalScreen;
  readonly ended: Promise<number>;
  type(keys: string): void;
  /** Types a line, and waits for what comes of it. */
  line(text: string, wanted: RegExp): Promise<string>;
}

/** Runs `dim` for a person; when the tests of the file are over, it has ended. */
export function atTerminal(
  person: { readonly environment: Readonly<Record<string, string>> },
  words: readonly string[],
  { folder, columns = 100 }: { readonly folder: string; readonly columns?: number },
): AtTerminal {
  const { screen, stdin, stdout } = terminalStreams(columns);
  const ending = new AbortController();
  const ended = runProgram({
    arguments: words,
    environment: { LANG: 'C.UTF-8', ...person.environment },
    folder,
    stdin,
    stdout,
    stderr: stdout,
    signal: ending.signal,
  });
  after(async () => {
    ending.abort();
    await ended;
  });
  const type = (keys: string): void => void stdin.write(keys);
  return {
    screen,
    ended,
    type,
    line: async (text, wanted) => {
      type(`${text}\r`);
      return screen.heard(wanted);
    },
  };
}

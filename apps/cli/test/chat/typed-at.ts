/** A screen of the chat in this process, and somebody who types at it. */
import type { CommandContext } from '../../src/command/command-context.ts';
import type { Completer } from '../../src/chat/completion.ts';
import { lookOf } from '../../src/chat/look.ts';
import { Renderer } from '../../src/chat/render.ts';
import { Screen } from '../../src/chat/screen.ts';
import { terminalStreams } from './terminal-streams.ts';

/** How it is. */
export interface TypedAtOptions {
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly completer?: Completer;
}

/** A screen that runs. */
export function typedAt({
  columns = 60,
  environment = { LANG: 'C.UTF-8' },
  completer = async (line) => [[], line],
}: TypedAtOptions = {}) {
  const { screen: terminal, stdin, stdout } = terminalStreams(columns);
  const ending = new AbortController();
  const context: CommandContext = {
    arguments: [],
    environment,
    folder: '/',
    stdin: stdin,
    stdout: stdout,
    stderr: stdout,
    signal: ending.signal,
  };
  const screen = new Screen(context, new Renderer(lookOf(context.stdout, context)), completer);
  const taken: string[] = [];
  const done = screen.run((line) => taken.push(line));
  return {
    screen,
    terminal,
    taken,
    done,
    abort: () => ending.abort(),
    /** As a keyboard sends it. */
    type: async (keys: string): Promise<void> => {
      stdin.write(keys);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      await terminal.settled();
    },
    resize: (to: number): void => {
      terminal.resize(to, 20);
      stdout.columns = to;
      stdout.emit('resize');
    },
  };
}

/** A process of a test, by what it prints. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process that was started. */
export interface Child {
  /** The lines that it has printed, as far as they came. */
  readonly lines: readonly string[];
  /** Waits until it has printed so many lines; it is an error when it ends before. */
  printed(count: number): Promise<void>;
  kill(): void;
  /** How it ended, when all that it printed has come. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Starts a program of this folder. */
export function start(program: string, ...parameters: readonly string[]): Child {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', path, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const lines: string[] = [];
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (more: string) => {
    text += more;
    const parts = text.split('\n');
    // What has no end is not said yet.
    text = parts.pop() ?? '';
    lines.push(...parts);
    look();
  });
  const ended = new Promise<Awaited<Child['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    lines,
    ended,
    kill: () => child.kill('SIGKILL'),
    printed: async (count) => {
      const enough = new Promise<void>((resolve) => {
        look = () => {
          if (lines.length >= count) resolve();
        };
        look();
      });
      const end = await Promise.race([enough, ended]);
      if (end !== undefined && lines.length < count)
        throw new Error(`the process ended after ${lines.length} lines, with ${JSON.stringify(end)}`);
    },
  };
}

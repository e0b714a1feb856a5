/** Runs the command line in this process, in a folder of its own. */
import { runCommand } from '../../src/operation/command/run-command.ts';
import { newFolder } from './folders.ts';
import { TestStation } from './test-station.ts';

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly isTerminal?: boolean;
  /** Before the station runs. */
  readonly prepare?: (station: TestStation) => void;
}

/** A command that goes on. */
export class CommandRun {
  stdout = '';
  stderr = '';
  /** What it ended the process with. */
  ended: number | undefined;
  station: TestStation | undefined;
  readonly folder: string;
  readonly code: Promise<number>;
  readonly #listeners = new Set<(signal: 'SIGINT' | 'SIGTERM') => void>();
  readonly #reloads = new Set<() => void>();
  #waiting: (() => void)[] = [];

  constructor(
    line: readonly string[],
    { environment = {}, folder = newFolder(), isTerminal = false, prepare }: RunOptions,
  ) {
    this.folder = folder;
    this.code = runCommand({
      name: 'dimstation',
      arguments: line,
      environment,
      folder,
      stdout: { write: (text) => this.#wrote('stdout', text), isTTY: isTerminal },
      stderr: { write: (text) => this.#wrote('stderr', text), isTTY: isTerminal },
      startStation: async (start) => {
        this.station = new TestStation(start);
        prepare?.(this.station);
        return this.station;
      },
      onSignal: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      onReload: (listener) => {
        this.#reloads.add(listener);
        return () => this.#reloads.delete(listener);
      },
      exitNow: (code) => {
        this.ended ??= code;
      },
    });
  }

  signal(signal: 'SIGINT' | 'SIGTERM'): void {
    for (const listener of this.#listeners) listener(signal);
  }

  /** The signal to read files again. @returns whether anybody hears it */
  reload(): boolean {
    for (const listener of this.#reloads) listener();
    return this.#reloads.size > 0;
  }

  get listens(): boolean {
    return this.#listeners.size + this.#reloads.size > 0;
  }

  /** Until what it wrote has a text in it. @throws where it ends before */
  async wrote(text: string): Promise<void> {
    while (!this.#text.includes(text)) {
      const more = new Promise<'more'>((resolve) => this.#waiting.push(() => resolve('more')));
      const next = await Promise.race([more, this.code]);
      if (next !== 'more' && !this.#text.includes(text)) throw new Error(`ended without "${text}": ${this.#text}`);
    }
  }

  get #text(): string {
    return `${this.stdout}${this.stderr}`;
  }

  #wrote(where: 'stdout' | 'stderr', text: string): void {
    this[where] += text;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A command that ends by itself. */
export async function run(line: readonly string[], options: RunOptions = {}) {
  const command = new CommandRun(line, options);
  const code = await command.code;
  return { code, stdout: command.stdout, stderr: command.stderr, folder: command.folder };
}

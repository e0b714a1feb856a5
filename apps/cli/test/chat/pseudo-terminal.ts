/** `dim` in a process of its own, at a pseudo-terminal of `script`, which every Linux has. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { TerminalScreen } from './terminal-screen.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** Whether there is such a thing here: elsewhere `script` takes other options. */
export const hasPseudoTerminals = process.platform === 'linux' && existsSync('/usr/bin/script');

/** Somebody at a terminal. */
export class PseudoTerminal {
  readonly screen: TerminalScreen;
  readonly ended: Promise<number | null>;
  readonly #script: ChildProcessByStdio<Writable, Readable, null>;

  /** @param words what stands behind `dim` */
  constructor(
    words: readonly string[],
    {
      environment,
      folder,
      columns,
    }: { environment: Readonly<Record<string, string>>; folder: string; columns: number },
  ) {
    this.screen = new TerminalScreen({ columns, rows: 30, convertEol: false });
    const line = [process.execPath, PROGRAM, ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    this.#script = spawn(
      '/usr/bin/script',
      ['-qefc', `stty cols ${columns} rows 30; echo pid $$ .; exec ${line}`, '/dev/null'],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color', ...environment },
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    this.#script.stdout.on('data', (bytes: Buffer) => this.screen.write(bytes));
    // Whoever was killed reads nothing more.
    this.#script.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#script.once('close', (code) => {
        this.screen.wake();
        resolve(code);
      });
    });
  }

  type(text: string): void {
    this.#script.stdin.write(text);
  }

  /** Types a line, and waits for what comes of it. */
  async line(text: string, wanted: RegExp): Promise<string> {
    this.type(`${text}\r`);
    return this.screen.heard(wanted);
  }

  async heard(wanted: RegExp): Promise<string> {
    return this.screen.heard(wanted);
  }

  /** As power that fails. */
  async kill(): Promise<void> {
    const [, pid] = /pid (\d{1,10}) \./.exec(this.screen.text) ?? [];
    process.kill(Number(pid), 'SIGKILL');
    await this.ended;
  }

  /** In the end, whatever came of it. */
  end(): void {
    this.#script.kill('SIGKILL');
  }
}

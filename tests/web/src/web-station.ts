/** A station with the chat, in a process of its own, which may be killed and started again at the same port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PROGRAM = join(dirname(createRequire(import.meta.url).resolve('dim-cli/package.json')), 'dist/src/main.js');

/** `dim station start --web`, or `--web FOLDER`. */
export class WebStation {
  readonly folder = mkdtempSync(join(tmpdir(), 'dim-web-'));
  #child: ChildProcess | undefined;
  readonly #page: readonly string[];
  #port = 0;

  /** @param page a folder with the page, where it is not the chat that is built */
  constructor(page?: string) {
    this.#page = page === undefined ? [] : [page];
  }

  get port(): number {
    return this.#port;
  }

  /** Where the chat is. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Starts it: again at the same port. It listens when it resolves. @throws Error with what it said, where it does not start */
  async start(): Promise<this> {
    const options = ['--port', String(this.#port), '--admin-port', '0', '--data', join(this.folder, 'station')];
    const child = spawn(
      process.execPath,
      [PROGRAM, 'station', 'start', '--web', ...this.#page, ...options, '--log-format', 'pretty'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    let said = '';
    const listening = new Promise<void>((resolve, reject) => {
      const hear = (text: Buffer): void => {
        said += text.toString();
        const [, port] = /\bchat +http:\/\/127\.0\.0\.1:(\d{1,5})\//.exec(said) ?? [];
        if (port === undefined) return;
        this.#port = Number(port);
        resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`the station ended with ${code}: ${said}`)));
    });
    await listening;
    return this;
  }

  /** Kills it, whatever it does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Ends it, and takes away all that it kept. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

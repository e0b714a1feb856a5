/** Somebody at a terminal: `dim` in processes of its own, over a home of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(dirname(createRequire(import.meta.url).resolve('dim-cli/package.json')), 'dist/src/main.js');

/** What `dim chat --json` says of a message. */
export interface Heard {
  readonly event: string;
  readonly text?: string | undefined;
  readonly isOwn?: boolean | undefined;
}

/** One of them. */
export class AtTerminal {
  readonly #home = mkdtempSync(join(tmpdir(), 'dim-home-'));
  readonly #station: string;
  readonly #running = new Set<ChildProcess>();

  /** @param station `127.0.0.1:9394` */
  constructor(station: string) {
    this.#station = station;
  }

  /** Makes the identity, and lets the station know of it. @returns the ID */
  async begin(name: string): Promise<string> {
    const { id } = await this.json('id', 'new', '--name', name);
    await this.json('station', 'use', this.#station);
    await this.json('read');
    return String(id);
  }

  /** The JSON of a command that has to succeed. */
  async json(...line: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const child = this.#start([...line, '--json']);
    const [out, err] = [readAll(child.stdout), readAll(child.stderr)];
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`dim ${line.join(' ')}: ${await err}${await out}`);
    return JSON.parse(await out) as Readonly<Record<string, unknown>>;
  }

  /** `dim chat WHO`, which goes on until `end`. */
  chat(who: string): { say(text: string): void; hears(isIt: (heard: Heard) => boolean): Promise<void> } {
    const child = this.#start(['chat', who, '--json']);
    const heard: Heard[] = [];
    let look: () => void = () => undefined;
    createInterface({ input: child.stdout }).on('line', (line) => {
      heard.push(JSON.parse(line) as Heard);
      look();
    });
    let complaints = '';
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
    return {
      say: (text) => void child.stdin.write(`${text}\n`),
      hears: async (isIt) =>
        new Promise((resolve, reject) => {
          look = () => heard.some(isIt) && resolve();
          child.once('close', () => reject(new Error(`the chat ended: ${complaints}`)));
          look();
        }),
    };
  }

  /** Ends all that runs, and takes the home away. */
  async end(): Promise<void> {
    for (const child of this.#running) {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }

  #start(line: readonly string[]) {
    const child = spawn(process.execPath, [PROGRAM, ...line], {
      env: { ...process.env, DIM_HOME: this.#home, DIM_PASSPHRASE: 'a passphrase of a test' },
      stdio: 'pipe',
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}

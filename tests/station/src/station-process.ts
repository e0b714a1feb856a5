/** A station in a process of its own, which may be killed and started again at the same port. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process has taken. */
export interface Usage {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Microseconds. */
  readonly cpu: NodeJS.CpuUsage;
}

/** A station, what it owes to each message by hand, or what does nothing but read frames and write them. */
export type ServerKind = 'station' | 'hand' | 'bare';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/** One of these over a file. */
export class StationProcess {
  readonly #kind: ServerKind;
  readonly #path: string;
  #child: ChildProcess | undefined;
  #port = 0;

  /** @param path a file of SQLite; in memory, if it is empty */
  constructor(kind: ServerKind, path = '') {
    this.#kind = kind;
    this.#path = path;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts it: again at the same port. It listens when it resolves. */
  async start(): Promise<this> {
    const child = fork(SERVER, [this.#kind, this.#path, String(this.#port)]);
    this.#child = child;
    const [told] = (await once(child, 'message')) as [{ readonly port: number }];
    this.#port = told.port;
    return this;
  }

  /** Kills it, whatever it does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Seconds of a processor that it has taken. */
  async cpu(): Promise<number> {
    const { cpu } = await this.usage();
    return (cpu.user + cpu.system) / 1e6;
  }

  async usage(): Promise<Usage> {
    if (this.#child === undefined) throw new Error('it is not started');
    this.#child.send('usage');
    const [usage] = (await once(this.#child, 'message')) as [Usage];
    return usage;
  }
}

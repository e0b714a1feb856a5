/** A device of a trial: a file, and one process after the other that works with it. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { DeviceParameters, Order, Report, Saying } from './speech.ts';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a device has said of its texts, over all of its processes. */
export interface Told {
  /** Texts that it was about to send. */
  readonly begun: ReadonlySet<number>;
  /** Those of which `send` has promised that they go out, with their deliveries. */
  readonly kept: ReadonlyMap<number, string>;
}

/** A device. */
export class Device implements Told {
  readonly begun = new Set<number>();
  readonly kept = new Map<number, string>();
  /** Whatever should not be. */
  readonly wrongs: string[] = [];
  readonly parameters: Omit<DeviceParameters, 'ahead'>;
  readonly #heard: () => void;
  #process: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  #ending: Promise<Ending> | undefined;
  /** Whether its process is to end. */
  #isDoomed = false;
  #reports: ((report: Report | undefined) => void)[] = [];
  /** What it says of itself, of the process that runs. */
  has = { started: false, online: false, allKept: false };
  group: string | undefined;
  /** What is left of the process after it has closed everything. */
  resources: readonly string[] | undefined;

  /** @param heard called whenever it has said something, or ended */
  constructor(parameters: Omit<DeviceParameters, 'ahead'>, heard: () => void) {
    this.parameters = parameters;
    this.#heard = heard;
  }

  /** Whether a process runs. */
  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /** The first number that it has not begun with. */
  get next(): number {
    return Math.max(-1, ...this.begun) + 1;
  }

  /** Starts a process. */
  start(ahead: number): void {
    const program = fileURLToPath(new URL('./device.js', import.meta.url));
    const parameters = JSON.stringify({ ...this.parameters, ahead });
    const child = spawn(process.execPath, ['--no-warnings', program, parameters], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    this.#isDoomed = false;
    this.has = { started: false, online: false, allKept: false };
    // A process that was killed takes no orders.
    child.stdin.on('error', () => undefined);
    readLines(child.stdout, (line) => this.#hear(line));
    readLines(child.stderr, (line) => this.wrongs.push(`${this.parameters.name} says: ${line}`));
    this.#ending = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#process = undefined;
        if (!this.#isDoomed) this.wrongs.push(`${this.parameters.name} ended by itself: ${String(code ?? signal)}`);
        for (const take of this.#reports.splice(0)) take(undefined);
        resolve({ code, signal });
        this.#heard();
      });
    });
  }

  order(order: Order): void {
    this.#isDoomed ||= order.do === 'die' || order.do === 'close';
    this.#process?.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** What is still to be done at it; undefined where its process has ended. */
  async report(): Promise<Report | undefined> {
    if (this.#process === undefined) return undefined;
    return new Promise((resolve) => {
      this.#reports.push(resolve);
      this.order({ do: 'report' });
    });
  }

  kill(): void {
    this.#isDoomed = true;
    this.#process?.kill('SIGKILL');
  }

  /** How its process ends, once all that it said has come. */
  async ended(): Promise<Ending> {
    return (await this.#ending) ?? { code: null, signal: null };
  }

  #hear(line: string): void {
    // The device writes such lines alone.
    const saying = JSON.parse(line) as Saying;
    const { name } = this.parameters;
    switch (saying.is) {
      case 'started':
      case 'online':
        this.has[saying.is] = true;
        break;
      case 'all-kept':
        this.has.allKept = true;
        break;
      case 'member':
        this.group = saying.group;
        break;
      case 'sending':
        this.begun.add(saying.number);
        break;
      case 'kept':
        this.kept.set(saying.number, saying.delivery);
        break;
      case 'report':
        this.#reports.shift()?.(saying.report);
        break;
      case 'wrong':
        this.wrongs.push(`${name}: ${saying.what}: ${saying.error}`);
        break;
      case 'closed':
        this.resources = saying.resources;
    }
    this.#heard();
  }
}

/** Lines that have an end: what a killed process could not write out was not said. */
function readLines(stream: Readable, take: (line: string) => void): void {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (more: string) => {
    const lines = (text + more).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

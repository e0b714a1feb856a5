/** A station with a file service in a process of its own, which may be killed; and files for it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { person } from '../world.ts';

const CHILD = fileURLToPath(new URL('station-child.js', import.meta.url));

/** What a service answers. */
export interface UploadAnswer {
  readonly code: number;
  readonly url?: string;
}

/** One of these over a folder. */
export class FileStation {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #url = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<this> {
    const child = spawn(process.execPath, ['--no-warnings', CHILD, this.#folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    for await (const line of createInterface({ input: child.stderr })) {
      const { event, addresses = '' } = JSON.parse(line) as { readonly event: string; readonly addresses?: string };
      if (event !== 'started') continue;
      this.#url = addresses.split(' ')[0]?.replace('tcp:', 'http:') ?? '';
      child.stderr.resume();
      return this;
    }
    throw new Error('the station did not start');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** @throws where the station is gone meanwhile */
  async upload(bytes: Uint8Array<ArrayBuffer>): Promise<UploadAnswer> {
    const form = new FormData();
    form.append('file', new File([bytes], 'file.png'));
    const id = person('Alice').id.address.toString();
    const response = await fetch(`${this.#url}/upload/${id}/file`, { method: 'POST', body: form });
    return (await response.json()) as UploadAnswer;
  }

  /** What lies there, as a digest; undefined for nothing. */
  async digest(url: string): Promise<string | undefined> {
    const response = await fetch(new URL(new URL(url).pathname, this.#url));
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok ? digestOf(bytes) : undefined;
  }
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Runs the command line in this process, as a shell would. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { after } from 'node:test';
import type { JsonMap } from 'dimp';
import { runProgram } from '../src/program.ts';

/** How a command is run. */
export interface RunOptions {
  /** What comes by standard input. */
  readonly input?: string | Uint8Array | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Output goes to a terminal of this width. */
  readonly columns?: number | undefined;
  /** Output goes to a disk that is full. */
  readonly isOutputFull?: boolean | undefined;
}

/** What came of it. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dim-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A person: the command line over one home, with a passphrase that needs no asking. */
export function personIn(folder: string, name: string) {
  const environment = { DIM_HOME: join(folder, name), DIM_PASSPHRASE: `passphrase of ${name}` };
  const run = async (line: readonly string[], options: RunOptions = {}) =>
    dim(folder, line, { ...options, environment: { ...environment, ...options.environment } });
  /** The JSON of a command that has to succeed. */
  const json = async (...line: readonly string[]): Promise<JsonMap> => {
    const { code, out, err } = await run([...line, '--json']);
    assert.equal(code, 0, `dim ${line.join(' ')}: ${err}`);
    return JSON.parse(out) as JsonMap;
  };
  return { environment, run, json };
}

/** Runs `dim` in a folder. */
export async function dim(folder: string, line: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(options.input ?? '');
  const [out, err] = [collect(stdout), collect(stderr)];
  if (options.columns !== undefined) Object.assign(stdout, { columns: options.columns });
  const full = new Writable({ write: (_part, _encoding, done) => done(noRoom()) });
  full.on('error', () => undefined);
  const code = await runProgram({
    arguments: line,
    environment: options.environment ?? {},
    folder,
    stdin,
    stdout: options.isOutputFull === true ? full : stdout,
    stderr,
    // The least that a vault takes: each command of each test opens one.
    sealingCost: 2 ** 15,
    signal: options.signal ?? new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}

async function collect(stream: PassThrough): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function noRoom(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
}

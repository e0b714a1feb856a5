/** A Python environment with the packages of a lock file, in the ignored cache of the repository. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON_DIRECTORY = fileURLToPath(new URL('../python', import.meta.url));

/** Where environments are kept between runs. */
export const CACHE_DIRECTORY = fileURLToPath(new URL('../../.cache/interop', import.meta.url));

/** The registry cannot be reached: there is nothing to exchange with, and that is nobody's fault here. */
export class UnreachableRegistry extends Error {
  override readonly name = 'UnreachableRegistry';
}

/** What to install, and where. */
export interface EnvironmentOptions {
  /** `newest`, `2.4.1`, …: the name of a file in `python/`. */
  readonly requirements: string;
  /** The newest versions that there are, in place of the pinned ones. */
  readonly latest: boolean;
  readonly cache: string;
  /** The Python to make environments with. */
  readonly python: string;
}

/**
 * The path of the interpreter, with the packages installed.
 * @throws UnreachableRegistry
 */
export function preparePython({ requirements, latest, cache, python }: EnvironmentOptions): string {
  const file = join(PYTHON_DIRECTORY, `${requirements}${latest ? '.in' : '.lock.txt'}`);
  const directory = join(cache, `python-${requirements}-${latest ? 'latest' : hashOf(file)}`);
  const interpreter = join(directory, 'bin', 'python');
  const finished = join(directory, 'finished');
  if (existsSync(finished) && !latest) return interpreter;
  if (!existsSync(finished)) rmSync(directory, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  run(python, ['-m', 'venv', directory]);
  const choice = latest ? ['--upgrade'] : ['--require-hashes', '--no-deps'];
  run(interpreter, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '2',
    ...choice,
    '-r',
    file,
  ]);
  writeFileSync(finished, '');
  return interpreter;
}

/** The adapter program of this language. */
export const PYTHON_ADAPTER: string = join(PYTHON_DIRECTORY, 'adapter.py');

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}

function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error !== undefined) throw new Error(`${command} does not start: ${error.message}`);
  if (status === 0) return;
  const output = `${stdout}${stderr}`;
  if (isUnreachable(output)) throw new UnreachableRegistry('the package registry cannot be reached');
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output.slice(-2000)}`);
}

/** Whether an installer failed because nobody answered; any other failure is one. */
export function isUnreachable(output: string): boolean {
  return /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries exceeded|connection broken|Temporary failure in name resolution/i.test(
    output,
  );
}

/** A Python environment with the packages of a lock file, in the ignored cache of the repository. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './install.ts';

/** The programs in this language. */
export const PYTHON_DIRECTORY: string = fileURLToPath(new URL('../python', import.meta.url));

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
 * @throws UnavailablePeer
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

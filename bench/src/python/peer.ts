/** The Python implementation in a child process, doing the same work. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../python/speed.py', import.meta.url));
const INTEROP_CACHE = fileURLToPath(new URL('../../../.cache/interop/', import.meta.url));

/** An operation of `speed.py`, and what it works on. */
export interface PythonOperation {
  readonly operation: string;
  readonly input?: unknown;
}

/** A running child process. */
export interface PythonPeer {
  /** Its packages. */
  readonly versions: Readonly<Record<string, string>>;
  /** Operations a second. */
  rate(operation: PythonOperation, seconds: number): Promise<number>;
  stop(): void;
}

/** Starts it, if `python3` has the packages or `pnpm interop` has installed them. */
export async function startPython(): Promise<PythonPeer | undefined> {
  const command = ['python3', ...installedForExchanges()].find(hasPackages);
  if (command === undefined) return undefined;
  const child = spawn(command, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function answer<T>(): Promise<T> {
    const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
    if (done === true) throw new Error('the Python program ended');
    return JSON.parse(value) as T;
  }

  const { versions } = await answer<{ readonly versions: PythonPeer['versions'] }>();
  return {
    versions,
    async rate(operation, seconds) {
      child.stdin.write(`${JSON.stringify({ ...operation, seconds })}\n`);
      return (await answer<{ readonly rate: number }>()).rate;
    },
    stop: () => child.stdin.end(),
  };
}

function hasPackages(command: string): boolean {
  // What is in dimplugins was in dimax later.
  const script = 'import dimsdk\ntry:\n import dimax\nexcept ImportError:\n import dimplugins';
  return spawnSync(command, ['-c', script], { stdio: 'ignore' }).status === 0;
}

function installedForExchanges(): readonly string[] {
  if (!existsSync(INTEROP_CACHE)) return [];
  return readdirSync(INTEROP_CACHE)
    .filter((name) => name.startsWith('python-newest'))
    .map((name) => `${INTEROP_CACHE}${name}/bin/python`);
}

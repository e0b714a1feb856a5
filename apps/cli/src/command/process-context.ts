/** What commands have to do with, where this process runs them. */
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';

/** How long a command may take to end once it is asked to, in milliseconds. */
const PATIENCE = 5000;

/** This process. What it writes from now on is for its user alone. */
export function processContext(): CommandContext {
  process.umask(0o077);
  const ending = new AbortController();
  const end = (): void => {
    // Whoever asks twice, or has waited, wants it to end as it stands: nothing that was kept is lost by that.
    if (ending.signal.aborted) process.exit(EXIT.interrupted);
    ending.abort();
    setTimeout(() => process.exit(EXIT.interrupted), PATIENCE).unref();
  };
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  withoutWarnings();
  process.stdout.on('error', onCut);
  let hasErrors = false;
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    folder: process.cwd(),
    stdout: process.stdout,
    // Node makes them when they are asked for, and most commands need neither.
    get stdin() {
      return process.stdin;
    },
    get stderr() {
      if (!hasErrors) process.stderr.on('error', onCut);
      hasErrors = true;
      return process.stderr;
    },
    signal: ending.signal,
  };
}

/** Whoever reads the first lines, by `head` say, wants no more. Other failures are told by whoever writes: nothing is lost without a word. */
function onCut(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit();
}

/** Node 22 says of its SQLite that it is experimental: whoever runs this program cannot do anything about it. */
function withoutWarnings(): void {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') for (const listener of listeners) listener(warning);
  });
}

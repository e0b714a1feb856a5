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
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // Whoever reads the first lines, by `head` say, wants no more.
  process.stdout.on('error', () => process.exit());
  process.stderr.on('error', () => process.exit());
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    folder: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: ending.signal,
  };
}

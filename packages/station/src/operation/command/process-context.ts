/** What commands have to do with, where this process runs them. */
import type { StartStation } from '../running-station.ts';
import type { CommandContext } from './command-context.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Whatever is left over at the end is not worth waiting for. */
const LEFTOVER_MILLISECONDS = 2000;

/** This process. What it writes from now on is for its user alone. */
export function processContext(startStation: StartStation): CommandContext {
  process.umask(0o077);
  // Whoever reads the first lines of a list, by `head` say, wants no more.
  process.stdout.on('error', () => process.exit());
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    folder: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    startStation,
    onSignal: (listener) => {
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) process.off(signal, listener);
        setTimeout(() => process.exit(), LEFTOVER_MILLISECONDS).unref();
      };
    },
    onReload: (listener) => {
      process.on('SIGHUP', listener);
      return () => process.off('SIGHUP', listener);
    },
    exitNow: (code) => process.exit(code),
  };
}

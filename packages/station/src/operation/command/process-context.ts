/** What commands have to do with, where this process runs them. */
import type { StartStation } from '../running-station.ts';
import type { CommandContext } from './command-context.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Whatever is left over at the end is not worth waiting for. */
const LEFTOVER_MILLISECONDS = 2000;

/** This process. What it writes from now on is for its user alone. */
export function processContext(startStation: StartStation): CommandContext {
  process.umask(0o077);
  const stops = new Set<(signal: (typeof SIGNALS)[number]) => void>();
  let isCut = false;
  // Whoever reads the first lines of a list, by `head` say, wants no more. A station ends as by a signal, once.
  const cut = (): void => {
    if (stops.size === 0) process.exit();
    if (!isCut) for (const stop of stops) stop('SIGTERM');
    isCut = true;
  };
  process.stdout.on('error', cut);
  process.stderr.on('error', cut);
  return {
    name: 'dimstation',
    arguments: process.argv.slice(2),
    environment: process.env,
    folder: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    startStation,
    onSignal: (listener) => {
      stops.add(listener);
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        stops.delete(listener);
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

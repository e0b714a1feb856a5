/** Hands a command line on to the one of a station. */
import type { CommandContext } from '../command/command-context.ts';
import { EXIT } from '../command/exit-codes.ts';

/** What `dimstation` calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { queue: 'queues' };

/** What its exit codes are here. */
const EXIT_CODES: Readonly<Record<number, number>> = { 3: EXIT.connection };

/** @returns the exit code */
export async function runStation({ arguments: given }: CommandContext): Promise<number> {
  const { runStationCommand } = await import('dimstation/command');
  const [name = '', ...rest] = given.slice(given.indexOf('station') + 1);
  const code = await runStationCommand({ name: 'dim station', arguments: [NAMES[name] ?? name, ...rest] });
  return EXIT_CODES[code] ?? code;
}

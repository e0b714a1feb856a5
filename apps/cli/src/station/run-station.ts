/** Hands a command line on to the one of a station. */
import type { Cli } from '../command/cli.ts';
import { EXIT } from '../command/exit-codes.ts';
import { packagedChat, withChat } from './packaged-chat.ts';
import { stationLine } from './station-line.ts';

/** What `dimstation` calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { queue: 'queues' };

/** What its exit codes are here. */
const EXIT_CODES: Readonly<Record<number, number>> = { 3: EXIT.connection };

/** @returns the exit code */
export async function runStation({ context, program }: Pick<Cli, 'context' | 'program'>): Promise<number> {
  const { runStationCommand } = await import('dimstation/command');
  const { name, rest, before } = stationLine(context.arguments, program.options);
  const given = name === 'start' ? withChat(rest, packagedChat) : rest;
  const { stdout, stderr, environment, folder } = context;
  const code = await runStationCommand({
    name: 'dim station',
    arguments: [NAMES[name] ?? name, ...optionsBefore(name, before, rest), ...given],
    stdout,
    stderr,
    environment,
    folder,
  });
  return EXIT_CODES[code] ?? code;
}

/** What was said before the name, and means the same behind it. */
function optionsBefore(name: string, before: readonly string[], rest: readonly string[]): readonly string[] {
  const added: string[] = [];
  if (before.includes('--json') && !rest.includes('--json')) added.push('--json');
  if (name !== 'start') return added;
  // A station that starts has nothing for standard output: what it says are the lines of its log.
  const isForMachines = added.length > 0 || rest.includes('--json');
  if (isForMachines && !rest.includes('--print-config')) added.push('--log-format', 'json');
  const at = before.indexOf(PASSPHRASE_FILE);
  const file = at === -1 ? before.find((word) => word.startsWith(`${PASSPHRASE_FILE}=`)) : before[at + 1];
  if (file !== undefined) added.push(at === -1 ? file : `${PASSPHRASE_FILE}=${file}`);
  return added;
}

const PASSPHRASE_FILE = '--passphrase-file';

/** `dimstation/command`: the command line `dimstation`, for programs that have it among their own commands. It may change with any version. */
import type { Output } from './operation/command/command-context.ts';
import { processContext } from './operation/command/process-context.ts';
import { runCommand } from './operation/command/run-command.ts';
import { startStation } from './operation/start-station.ts';

/**
 * Runs the command line of a station in this process.
 * @param call the arguments, without those of Node; how the program calls itself in what it prints; where it writes to, its variables and
 * its folder, in place of those of this process
 * @returns the exit code: 0 done, 1 failed, 2 wrong command line or configuration, 3 no station answers
 */
export async function runStationCommand(call: {
  readonly arguments: readonly string[];
  readonly name: string;
  readonly stdout?: Output;
  readonly stderr?: Output;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
}): Promise<number> {
  return runCommand({ ...processContext(startStation), ...call });
}

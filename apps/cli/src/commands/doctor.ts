/** `dim doctor`: what is wrong here. */
import type { Cli } from '../command/cli.ts';

/** Adds the command. */
export function addDoctorCommand(cli: Cli): void {
  cli
    .command(undefined, 'doctor', 'looks at program, disk, keys, clock and connection: what is wrong, and what to do', [
      ['doctor', 'all of it'],
      ['doctor --station chat.example', 'with another station'],
    ])
    .option('--timeout <seconds>', 'how long to wait for a station', '10')
    .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
    .action(async (options) => cli.run(async (call) => (await import('../doctor/doctor.ts')).examine(call, options)));
}

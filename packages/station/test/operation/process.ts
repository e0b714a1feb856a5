/** The command line as a process, with a station that keeps nothing. */
import { runCommand } from '../../src/operation/command/run-command.ts';
import { processContext } from '../../src/operation/command/process-context.ts';
import { TestStation } from './test-station.ts';

process.exitCode = await runCommand(
  processContext(async (start) => {
    const station = new TestStation(start);
    station.isSlow = process.env['SLOW'] === 'yes';
    return station;
  }),
);

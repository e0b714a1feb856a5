/** What each start needs, in one file of the bundle. */
import { processContext } from './command/process-context.ts';
import { runProgram } from './program.ts';

/** Runs the command line of this process. */
export async function start(): Promise<void> {
  process.exitCode = await runProgram(processContext());
}

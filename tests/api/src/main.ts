/** The command `pnpm api`. */
import { runCommand } from 'runner/run-command';
import { API } from './command.ts';

await runCommand(API, async ({ write }) => {
  const { compareDoors } = await import('./compare-doors.ts');
  return compareDoors(write);
});

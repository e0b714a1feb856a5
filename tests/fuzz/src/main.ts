/** The command `pnpm fuzz`. */
import { runCommand } from 'runner/run-command';
import { FUZZ } from './command.ts';

await runCommand(FUZZ, async (values) => {
  const { runTargets } = await import('./run-targets.ts');
  return runTargets(values);
});

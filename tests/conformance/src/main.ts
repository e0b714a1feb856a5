/** The command `pnpm conformance`. */
import { runCommand } from 'runner/run-command';
import { CONFORMANCE } from './command.ts';

await runCommand(CONFORMANCE, async (values) => {
  const { runVectors } = await import('./run-vectors.ts');
  return runVectors(values);
});

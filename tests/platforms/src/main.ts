/** The command `pnpm platforms`. */
import { runCommand } from 'runner/run-command';
import { PLATFORMS } from './command.ts';

await runCommand(PLATFORMS, async (_values, parts) => {
  const { runParts } = await import('./run-parts.ts');
  return runParts(parts);
});

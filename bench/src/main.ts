/** The command `pnpm bench`. */
import { runCommand } from 'runner/run-command';
import { BENCH } from './command.ts';

await runCommand(BENCH, async (values) => {
  const { runBench } = await import('./run-bench.ts');
  return runBench(values);
});

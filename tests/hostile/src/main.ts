/** The command `pnpm hostile`. */
import { runCommand } from 'runner/run-command';
import { ofOption } from 'runner/usage-error';
import { HOSTILE } from './command.ts';

await runCommand(HOSTILE, async ({ cases, only, backend, heavy, json }) => {
  const { printReports } = await import('runner/print-reports');
  const { runDirectory } = await import('./run-directory.ts');
  const { selectionOf } = await import('./selection.ts');
  const selection = { ...ofOption('only', () => selectionOf(cases, only, heavy)), backend, heavy };
  return printReports(runDirectory(cases, selection), { json, times: true });
});

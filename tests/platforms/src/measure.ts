/** The command `pnpm platforms:measure`. */
import { defineCommand } from 'runner/command';
import { flag } from 'runner/option-kinds';
import { runCommand } from 'runner/run-command';

const MEASURE = defineCommand({
  name: 'pnpm platforms:measure',
  about: 'Prints tables of the sizes and speeds of the packages as they would be published.',
  options: { write: flag('puts them into docs/platforms.md'), sizes: flag('sizes alone') },
  examples: [
    ['', 'what is measured here'],
    ['--sizes --write', 'the sizes, for the guide'],
  ],
});

await runCommand(MEASURE, async (values) => {
  const { measure } = await import('./measure-packages.ts');
  await measure(values);
  return true;
});

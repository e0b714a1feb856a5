/** What can be given to `pnpm api`. */
import { defineCommand } from 'runner/command';
import { flag } from 'runner/option-kinds';

export const API = defineCommand({
  name: 'pnpm api',
  about:
    'Compares what each door of the packages exports with its report in packages/NAME/api: a line for each door with the count ' +
    'of its names, and what has no comment or is not in the report.',
  options: { write: flag('writes the reports anew') },
  examples: [
    ['', 'whether the reports say what is there'],
    ['--write', 'after a change of exports'],
  ],
});

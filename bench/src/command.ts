/** What can be given to `pnpm bench`. */
import { defineCommand } from 'runner/command';
import { anyText, flag, unlessLeftOut, valued } from 'runner/option-kinds';
import { fileToWrite } from 'runner/paths';

export const BENCH = defineCommand({
  name: 'pnpm bench',
  about: 'Measures what each operation costs, beside the same work by hand, and which targets are met.',
  options: {
    only: valued('TEXT', 'the rows with this in their names, and nothing beside them', anyText, {
      fallback: '',
      or: 'all',
    }),
    quick: flag('measures each row in short'),
    guard: flag('measures the rows that have a target, in short, and fails where one is far from what it should be'),
    json: valued('FILE', 'writes what was measured of all rows, for programs', fileToWrite),
    chart: valued('FILE', 'writes a picture of it', fileToWrite),
    python: unlessLeftOut('leaves out the Python implementation'),
  },
  examples: [
    ['', 'all rows, as tables'],
    ['--only pack --quick', 'the rows with `pack` in their names, in short'],
    ['--guard', 'whether anything is far slower than it was'],
  ],
  check: ({ guard, only, json, chart }) => {
    if (json === undefined && chart === undefined) return undefined;
    if (guard) return '--guard writes no file: leave out --json and --chart';
    return only === '' ? undefined : '--json and --chart are of all rows: leave out --only';
  },
});

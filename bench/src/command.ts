/** What can be given to `pnpm bench`. */
import { defineCommand } from 'runner/command';
import { anyOf, anyText, flag, unlessLeftOut, valued } from 'runner/option-kinds';
import { fileToWrite } from 'runner/paths';

export const BENCH = defineCommand({
  name: 'pnpm bench',
  about: 'Measures what each operation costs, beside the same work by hand, and which targets are met.',
  options: {
    only: valued('TEXT', 'the rows with this in their names, and nothing beside them', anyText, {
      fallback: '',
      or: 'all',
    }),
    node: anyOf('version', ['20', '22', '24'], 'on which versions of Node'),
    quick: flag('measures each row in short'),
    guard: flag(
      'measures the rows that have a target, in short and on this Node, and fails where one reaches less than a third',
    ),
    json: valued('FILE', 'writes what was measured of all rows, for programs', fileToWrite),
    chart: valued('FILE', 'writes a picture of it', fileToWrite),
    python: unlessLeftOut('leaves out the Python implementation'),
  },
  examples: [
    ['', 'all rows, as tables'],
    ['--only pack --node 24 --quick', 'the rows with `pack` in their names, on one version of Node, in short'],
    ['--guard', 'whether anything is far slower than it was'],
  ],
  check: ({ guard, only, json, chart }) => {
    if (json === undefined && chart === undefined) return undefined;
    if (guard) return '--guard writes no file: leave out --json and --chart';
    return only === '' ? undefined : '--json and --chart are of all rows: leave out --only';
  },
});

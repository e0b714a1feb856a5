/** What can be given to `pnpm hostile`. */
import { BACKEND_OPTION } from 'runner/backend-names';
import { caseFolder } from 'runner/case-folder';
import { defineCommand } from 'runner/command';
import { anyText, flag, valued } from 'runner/option-kinds';
import { OWN_DIRECTORY } from './own-directory.ts';

export const HOSTILE = defineCommand({
  name: 'pnpm hostile',
  about: 'Runs inputs that must do no harm: a line for each file, what failed, and `N passed, N failed` last.',
  options: {
    cases: valued('DIR', 'a folder of case files', caseFolder, {
      fallback: OWN_DIRECTORY,
      or: 'the cases of this repository',
    }),
    only: valued('FILE[/CASE]', 'one file; behind a slash, a part of the names of its cases', anyText),
    heavy: flag('runs the cases that need much memory, too'),
    json: flag('prints one report for programs'),
    backend: BACKEND_OPTION,
  },
  examples: [
    ['', 'the cases of this repository'],
    ['--only contents/sn', 'those of contents.json with `sn` in their names'],
    ['--cases vectors/hostile --heavy', 'those of a folder, with the heavy ones'],
  ],
});

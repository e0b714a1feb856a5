/** What can be given to `pnpm conformance`. */
import { BACKEND_OPTION } from 'runner/backend-names';
import { VECTORS } from 'runner/case-files';
import { caseFolder } from 'runner/case-folder';
import { defineCommand } from 'runner/command';
import { valued } from 'runner/option-kinds';

export const CONFORMANCE = defineCommand({
  name: 'pnpm conformance',
  about: 'Runs test vectors: a line for each file, what failed, and `N passed, N failed` last.',
  options: {
    vectors: valued('DIR', 'a folder of vector files', caseFolder, {
      fallback: VECTORS,
      or: 'the vectors of this repository',
    }),
    backend: BACKEND_OPTION,
  },
  examples: [
    ['', 'the vectors of this repository'],
    ['--vectors vectors --backend portable', 'those of a folder, with the key operations in JavaScript'],
  ],
});

/** What can be given to `pnpm conformance`, and what is said of the rest. */
import { fileURLToPath } from 'node:url';
import { testCommand } from 'runner/test-command';
import { CONFORMANCE } from './command.ts';

testCommand(CONFORMANCE, new URL('./main.js', import.meta.url), [
  [['--vectors', '/nowhere'], /^--vectors: .*nowhere is not there$/],
  [['--vectors', fileURLToPath(import.meta.url)], /^--vectors: .*command\.test\.js is a file, and must be a folder$/],
  [['--vectors', fileURLToPath(new URL('.', import.meta.url))], /^--vectors: .* has no file that ends with \.json$/],
  [
    ['--backend', 'portible'],
    /^--backend: there is no backend "portible" \(did you mean portable\?\): native, portable$/,
  ],
  [['vectors'], /^"vectors" is no option/],
]);

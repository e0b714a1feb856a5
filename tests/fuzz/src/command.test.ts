/** What can be given to `pnpm fuzz`, and what is said of the rest. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { testCommand } from 'runner/test-command';
import { FUZZ } from './command.ts';

const file = fileURLToPath(import.meta.url);

testCommand(FUZZ, new URL('./main.js', import.meta.url), [
  [['--seconds', 'x'], /^--seconds: "x" must be a number of zero or more$/],
  [['--seed', '1.5'], /^--seed: "1\.5" must be a whole number of zero or more$/],
  [['--target', 'key'], /^--target: there is no target "key" \(did you mean keys\?\): all, packages, .*keys/],
  [['--target', 'keys,nope'], /^--target: there is no target "nope": all, packages/],
  [['--target', 'keys', '--replay', '/nowhere'], /^--replay: .*nowhere is not there$/],
  [['--target', 'keys', '--replay', tmpdir()], /^--replay: .* is a folder, and must be a file$/],
  [['--replay', file], /^--replay: give the one --target that the input is for$/],
  [['--replay', file, '--target', 'keys,codecs'], /^--replay: give the one --target/],
  [['--corpus', file], /^--corpus: .* is a file, and must be a folder$/],
  [['--corpus', '/nowhere/corpus'], /^--corpus: there is no folder .*nowhere to make it in$/],
  [['keys'], /^"keys" is no option/],
]);

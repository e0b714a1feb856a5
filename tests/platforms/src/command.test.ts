/** What can be given to `pnpm platforms`, and what is said of the rest. */
import { testCommand } from 'runner/test-command';
import { PLATFORMS } from './command.ts';

testCommand(PLATFORMS, new URL('./main.js', import.meta.url), [
  [['runtime'], /^there is no part "runtime" \(did you mean runtimes\?\): browser, /],
  [['sizes', 'nope'], /^there is no part "nope": browser, .*, installers$/],
  [[], /^name one part or more: browser, .*, installers$/],
]);

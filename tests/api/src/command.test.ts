/** What can be given to `pnpm api`, and what is said of the rest. */
import { testCommand } from 'runner/test-command';
import { API } from './command.ts';

testCommand(API, new URL('./main.js', import.meta.url), [
  [['--wrte'], /^unknown option '--wrte' \(Did you mean --write\?\)$/],
  [['mkm'], /^"mkm" is no option/],
]);

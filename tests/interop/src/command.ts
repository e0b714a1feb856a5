/** What can be given to `pnpm interop`. */
import { defineCommand } from 'runner/command';
import { anyOf, anyText, flag, valued, wholeNumberOf } from 'runner/option-kinds';
import { folderToFill } from 'runner/paths';
import { CACHE_DIRECTORY, installedProgram } from './install.ts';
import { PEER_NAMES } from './peer-names.ts';
import { SEEDS_FILE, seedsFile } from './seeds.ts';

export const INTEROP = defineCommand({
  name: 'pnpm interop',
  about:
    'Exchanges identities and messages with other implementations, in both directions: a line for each difference, the matrix, and ' +
    '`N passed, N failed` last. The peer `network` is a living station of theirs with people around it, `station` is the same ' +
    'with our own station; in `bridge`, both stations are neighbors; `page` is our chat in a browser, through each.',
  options: {
    peer: anyOf('peer', PEER_NAMES, 'with whom'),
    program: valued('COMMAND', 'with any other implementation in their place: its adapter', installedProgram),
    only: valued('PART', 'the parts of the matrix, or rows of networks, with this in their names', anyText),
    quick: flag(
      'leaves out what takes long: one of two transports through their station, and most of what goes over their bridge',
    ),
    seed: valued('N', 'the first seed of the random scenarios', wholeNumberOf),
    count: valued('N', 'so many random scenarios', wholeNumberOf, { fallback: 300, or: '300' }),
    latest: flag('with the newest packages that there are, in place of the pinned ones'),
    cache: valued('DIR', 'where peers are kept between runs', folderToFill, {
      fallback: CACHE_DIRECTORY,
      or: '.cache/interop',
    }),
    python: valued('COMMAND', 'the Python to install peers with', installedProgram, {
      fallback: 'python3',
      or: 'python3',
    }),
    'seeds-file': valued('FILE', 'where seeds that failed are kept', seedsFile, {
      fallback: SEEDS_FILE,
      or: 'tests/interop/seeds.json',
    }),
  },
  examples: [
    ['', 'all peers; writes the matrix into docs/interop.md'],
    ['--peer python --peer station --quick', 'two of them, and what takes long is left out'],
    ['--peer python --only Random --seed 7 --count 1', 'one random scenario again'],
    ['--program "node adapter.js"', 'any implementation that has an adapter'],
  ],
});
